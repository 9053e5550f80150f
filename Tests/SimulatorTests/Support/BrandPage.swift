import Simulator

/// A brand's page with a policy as strict as Plaid allows, which notes what Link tells it.
enum BrandPage {
    /// Answers `/` and `/oauth`, where a bank sends the customer back to, and the script that both load.
    ///
    /// The token stands in the part of the address that no server sees, and outlasts the way to the bank in the
    /// browser's storage.
    static func answer(simulator: String) -> LittleServer.Answer {
        { received, _ in
            switch received.path {
            case "/", "/oauth": Served(headers: headers(simulator), body: page(simulator))
            case "/page.js": Served(headers: [("content-type", "text/javascript")], body: script)
            // For the icon that browsers ask for.
            default: Served(status: 204)
            }
        }
    }

    private static func headers(_ simulator: String) -> [(String, String)] {
        let policy = """
            default-src 'none'; img-src 'self'; script-src 'self' \(simulator); frame-src \(simulator); connect-src \(simulator); \
            base-uri 'none'; form-action 'none'
            """
        return [("content-type", "text/html; charset=utf-8"), ("content-security-policy", policy)]
    }

    private static func page(_ simulator: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><title>Brand</title></head><body>
        <script src="\(simulator)/link/v2/stable/link-initialize.js"></script>
        <script src="/page.js"></script>
        </body></html>
        """
    }

    private static let script = #"""
        window.events = [];
        window.ends = [];
        if (location.hash) sessionStorage.setItem('token', location.hash.slice(1));
        window.start = function (changes) {
          window.handler = Plaid.create(Object.assign({
            token: sessionStorage.getItem('token'),
            receivedRedirectUri: location.search ? location.href : null,
            onLoad: function () { window.isLoaded = true; },
            onEvent: function (name, metadata) { window.events.push({ name: name, metadata: metadata }); },
            onSuccess: function (token, metadata) { window.ends.push({ token: token, metadata: metadata }); },
            onExit: function (error, metadata) { window.ends.push({ error: error, metadata: metadata }); }
          }, changes));
          window.handler.open();
        };
        window.start();
        """#
}

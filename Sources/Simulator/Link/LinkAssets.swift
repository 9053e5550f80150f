/// The pages' texts that are filled in; see also ``initialize`` and ``frame``.
enum LinkAssets {
    /// Link itself: in a frame where it is told its token by the page around it, by itself where it is hosted.
    static func page(token: String?) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Simulated Plaid Link</title>
        <style>
        body { margin: 0; font: 16px/1.4 sans-serif; background: rgba(0, 0, 0, 0.4); }
        main { max-width: 20rem; margin: 3rem auto; padding: 1.5rem; border-radius: 0.5rem; background: #fff; }
        button { display: block; width: 100%; margin: 0.75rem 0 0; padding: 0.6rem; font: inherit; }
        </style>
        </head>
        <body data-token="\(token ?? "")">
        <main aria-live="polite"></main>
        <script src="/link/v2/stable/link-frame.js"></script>
        </body>
        </html>
        """
    }

    /// The page of a bank with OAuth.
    static func bank(state: String) -> String {
        notice(
            "First Platypus Bank asks: may this application see your accounts?",
            """
            <form method="post" action="/bank/\(state)/approve"><button id="approve">Approve</button></form>
            <form method="post" action="/bank/\(state)/deny"><button id="deny">Deny</button></form>
            """
        )
    }

    static func notice(_ sentence: String, _ rest: String = "") -> String {
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Simulated bank</title></head>
        <body><main><p>\(sentence)</p>\(rest)</main></body>
        </html>
        """
    }
}

import Mustache

/// The one page, with everything it can show; its script shows one view at a time.
///
/// Nothing in it is one customer's: not the address, not a token, not a check.
struct PageTemplate {
    private let template: MustacheTemplate
    private let configuration: LinkPageConfiguration
    private let assets: Assets

    init(_ configuration: LinkPageConfiguration, assets: Assets) throws(LinkPageError) {
        self.configuration = configuration
        self.assets = assets
        do {
            template = try MustacheTemplate(string: PageTemplate.text)
        } catch {
            throw .badTemplate("\(error)")
        }
    }

    /// The page that a script moves from view to view.
    func live() -> String {
        let views = LinkPageView.allCases.filter { !LinkPageView.fixed.contains($0) }
        return render(views, shown: .loading, script: assets.script.path)
    }

    /// A page that stays as it is.
    func fixed(_ view: LinkPageView) -> String {
        render([view], shown: view, script: nil)
    }

    private func render(_ views: [LinkPageView], shown: LinkPageView, script: String?) -> String {
        let texts = configuration.texts
        var values: [String: Any] = [
            "language": texts.language, "title": named(texts.title), "brand": configuration.brand,
            "footer": named(texts.footer), "style": assets.style.path, "icon": assets.icon.path,
            "plaid": configuration.sources.script,
            "views": views.map { self.values(of: $0, isShown: $0 == shown) },
        ]
        if let script { values["live"] = ["script": script, "noScript": named(texts.noScript)] }
        return template.render(values)
    }

    private func values(of view: LinkPageView, isShown: Bool) -> [String: Any] {
        let words = configuration.texts.words(view)
        var values: [String: Any] = [
            "name": view.rawValue, "mood": view.mood.rawValue, "isHidden": !isShown, "isMoving": view.isMoving,
            "heading": named(words.heading), "paragraphs": words.paragraphs.map(named),
        ]
        if let button = words.button { values["button"] = named(button) }
        return values
    }

    private func named(_ text: String) -> String {
        text.replacing("{brand}", with: configuration.brand)
    }

    private static let text = """
        <!doctype html>
        <html lang="{{language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{title}}</title>
        <link rel="icon" type="image/svg+xml" href="{{icon}}">
        <link rel="stylesheet" href="{{style}}">
        {{#live}}
        <script src="{{script}}" defer></script>
        {{/live}}
        </head>
        <body data-plaid="{{plaid}}">
        <header><p>{{brand}}</p></header>
        <main>
        {{#live}}
        <noscript><p>{{noScript}}</p></noscript>
        {{/live}}
        <div aria-live="polite">
        {{#views}}
        <section data-view="{{name}}" data-mood="{{mood}}"{{#isMoving}} data-moving{{/isMoving}}\
        {{#isHidden}} hidden{{/isHidden}}>
        <span class="sign" aria-hidden="true"></span>
        <h1 tabindex="-1">{{heading}}</h1>
        {{#paragraphs}}
        <p>{{.}}</p>
        {{/paragraphs}}
        <p class="detail" hidden></p>
        {{#button}}
        <button type="button">{{.}}</button>
        {{/button}}
        </section>
        {{/views}}
        </div>
        </main>
        <footer><p>{{footer}}</p></footer>
        </body>
        </html>

        """
}

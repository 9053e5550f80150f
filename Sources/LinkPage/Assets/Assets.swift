import Crypto
import FoundationEssentials

/// A file of the page's own, with a name that changes whenever its content does.
struct Asset: Sendable {
    /// Its name, without a folder.
    let name: String
    /// Where browsers find it.
    let path: String
    let type: String
    let text: String

    init(_ stem: String, _ ending: String, type: String, text: String, prefix: String) {
        let hash = Hexadecimal.text(SHA256.hash(data: Data(text.utf8))).prefix(12)
        name = "\(stem)-\(hash).\(ending)"
        path = "\(prefix)/assets/\(name)"
        self.type = type
        self.text = text
    }
}

/// The files that the page is made of, beside Plaid's.
struct Assets: Sendable {
    let script: Asset
    let style: Asset
    let icon: Asset

    init(prefix: String) {
        script = Asset("link", "js", type: "text/javascript; charset=utf-8", text: PageScript.text, prefix: prefix)
        style = Asset("link", "css", type: "text/css; charset=utf-8", text: PageStyle.text, prefix: prefix)
        icon = Asset("link", "svg", type: "image/svg+xml", text: PageStyle.icon, prefix: prefix)
    }

    /// The file of that name; nil where there is none.
    subscript(name: String) -> Asset? { [script, style, icon].first { $0.name == name } }
}

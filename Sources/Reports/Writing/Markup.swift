/// A piece of HTML or SVG into which data cannot bring markup.
///
/// Names are literals of this program, texts and values of attributes are escaped when they are written.
indirect enum Markup: Sendable {
    case text(String)
    case element(StaticString, KeyValuePairs<StaticString, String>, [Markup])
    /// Markup that is a literal of this program.
    case literal(StaticString)
    case group([Markup])

    /// Makes an element.
    static func tag(
        _ name: StaticString,
        _ attributes: KeyValuePairs<StaticString, String> = [:],
        _ children: Markup...
    ) -> Markup {
        .element(name, attributes, children)
    }

    /// The markup as text.
    var rendered: String {
        var buffer: [UInt8] = []
        append(to: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// Writes the markup.
    func append(to buffer: inout [UInt8]) {
        switch self {
        case .text(let text): MarkupText.append(text, to: &buffer)
        case .literal(let text): buffer.append(contentsOf: text.bytes)
        case .group(let pieces): for piece in pieces { piece.append(to: &buffer) }
        case .element(let name, let attributes, let children):
            Self.appendStart(name, attributes, to: &buffer)
            if Self.isVoid(name) { break }
            for child in children { child.append(to: &buffer) }
            buffer.append(contentsOf: "</".utf8)
            buffer.append(contentsOf: name.bytes)
            buffer.append(contentsOf: (Self.endsLine(name) ? ">\n" : ">").utf8)
        }
    }

    private static func appendStart(
        _ name: StaticString,
        _ attributes: KeyValuePairs<StaticString, String>,
        to buffer: inout [UInt8]
    ) {
        buffer.append(UInt8(ascii: "<"))
        buffer.append(contentsOf: name.bytes)
        for (name, value) in attributes {
            buffer.append(UInt8(ascii: " "))
            buffer.append(contentsOf: name.bytes)
            buffer.append(contentsOf: "=\"".utf8)
            MarkupText.append(value, to: &buffer)
            buffer.append(UInt8(ascii: "\""))
        }
        buffer.append(contentsOf: (isVoid(name) || startsLine(name) ? ">\n" : ">").utf8)
    }

    private static func isVoid(_ name: StaticString) -> Bool {
        ["meta", "link"].contains(name.description)
    }

    /// Containers have their content on lines of its own, so that a page can be read and compared.
    private static func startsLine(_ name: StaticString) -> Bool {
        ["html", "head", "body", "main", "section", "table", "thead", "tbody", "figure", "ul", "svg", "nav", "div"]
            .contains(name.description)
    }

    private static func endsLine(_ name: StaticString) -> Bool {
        let inline = ["span", "bdi", "code", "strong", "a", "th", "td", "time"]
        return !inline.contains(name.description)
    }
}

extension Markup: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) {
        self = .text(value)
    }
}

extension StaticString {
    /// The literal's bytes.
    var bytes: [UInt8] { withUTF8Buffer { Array($0) } }
}

/// Reads HTML as strictly as XML, written apart from the writer it checks.
struct MarkupChecker {
    /// A fault of the text.
    struct Fault: Error {
        let what: String
    }

    /// A start tag, with its attributes as they are in the text.
    struct Element {
        let name: String
        let attributes: [String: String]
        /// The text up to the end tag, without tags.
        var text = ""
    }

    private var rest: Substring
    private var open: [Int] = []
    private(set) var elements: [Element] = []

    private static let void: Set<String> = ["meta", "link"]

    /// The elements of a page in order; throws where its tags do not match or a sign of markup stands bare.
    static func elements(of page: String) throws -> [Element] {
        var checker = MarkupChecker(rest: page[...])
        try checker.read()
        return checker.elements
    }

    private mutating func read() throws {
        if rest.hasPrefix("<!DOCTYPE html>") { rest = rest.dropFirst(15) }
        while let next = rest.first {
            if next == "<" { try readTag() } else { try readText() }
        }
        guard open.isEmpty else { throw Fault(what: "\(open.count) tags are not closed") }
    }

    private mutating func readText() throws {
        let text = rest.prefix { $0 != "<" }
        rest = rest.dropFirst(text.count)
        guard !text.contains(">") || isStyle else { throw Fault(what: "bare > in: \(text)") }
        try checkReferences(text)
        for place in open { elements[place].text += text }
    }

    private var isStyle: Bool { open.last.map { elements[$0].name } == "style" }

    private func checkReferences(_ text: Substring) throws {
        for piece in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
            let known = ["amp;", "lt;", "gt;", "quot;", "#39;"].contains { piece.hasPrefix($0) }
            guard known else { throw Fault(what: "bare & before: \(piece.prefix(20))") }
        }
    }

    private mutating func readTag() throws {
        guard let end = endOfTag() else { throw Fault(what: "a tag does not end") }
        let tag = rest[..<end].dropFirst()
        rest = rest[end...].dropFirst()
        if tag.hasPrefix("/") {
            guard let last = open.popLast(), elements[last].name == tag.dropFirst() else {
                throw Fault(what: "<\(tag)> closes nothing")
            }
        } else {
            let name = String(tag.prefix { $0 != " " })
            elements.append(Element(name: name, attributes: try attributes(of: tag.dropFirst(name.count))))
            if !Self.void.contains(name) { open.append(elements.count - 1) }
        }
    }

    private func endOfTag() -> Substring.Index? {
        var isQuoted = false
        return rest.indices.first { index in
            if rest[index] == "\"" { isQuoted.toggle() }
            return rest[index] == ">" && !isQuoted
        }
    }

    private func attributes(of text: Substring) throws -> [String: String] {
        var attributes: [String: String] = [:]
        var rest = text
        while !rest.isEmpty {
            guard rest.hasPrefix(" "), let sign = rest.firstIndex(of: "=") else {
                throw Fault(what: "in a tag: \(rest)")
            }
            let name = String(rest[..<sign].dropFirst())
            let value = rest[sign...].dropFirst(2).prefix { $0 != "\"" }
            guard rest[sign...].dropFirst().hasPrefix("\""), !value.contains("<") else {
                throw Fault(what: "the value of \(name)")
            }
            try checkReferences(value)
            attributes[name] = String(value)
            rest = rest[value.endIndex...].dropFirst()
        }
        return attributes
    }
}

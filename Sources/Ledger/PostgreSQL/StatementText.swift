/// A statement with `$1`, `$2` … in place of `?` or `:name`.
struct StatementText {
    let text: String
    /// The names in the order of their numbers; none where values stand by place.
    let names: [String]

    /// Rewrites a statement; what stands in quotes stays.
    init(_ sql: String) {
        var (text, names, places) = ("", [String](), 0)
        var rest = sql[...]
        while let at = rest.firstIndex(where: { "?:'\"".contains($0) }) {
            text += rest[..<at]
            rest = rest[at...]
            switch rest.first {
            case "?":
                places += 1
                text += "$\(places)"
                rest = rest.dropFirst()
            case ":" where rest.hasPrefix("::"):
                text += "::"
                rest = rest.dropFirst(2)
            case ":":
                let name = String(rest.dropFirst().prefix { $0.isLetter || $0 == "_" })
                if !names.contains(name) { names.append(name) }
                text += "$\((names.firstIndex(of: name) ?? 0) + 1)"
                rest = rest.dropFirst(1 + name.count)
            default:
                let quoted = Self.quoted(rest)
                text += quoted
                rest = rest[quoted.endIndex...]
            }
        }
        self.text = text + rest
        self.names = names
    }

    private static func quoted(_ rest: Substring) -> Substring {
        let end = rest.dropFirst().firstIndex { $0 == rest.first }
        return end.map { rest[...$0] } ?? rest
    }
}

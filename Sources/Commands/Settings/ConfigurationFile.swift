import Yams

/// A YAML file of settings.
struct ConfigurationFile: Sendable {
    let path: String
    /// Each key's value: lists are joined by commas, mappings become `key=value`.
    private let values: [String: [String]]
    private let lines: [String: Int]

    /// Reads a file.
    ///
    /// - Throws: `CommandFailure` 78 where it cannot be read, or sets what is no setting.
    init(path: String) throws {
        self.path = path
        let text = try FileReading.text(path)
        do {
            let root = try Yams.compose(yaml: text)
            values = try Self.values(of: root, path)
            lines = Self.lines(of: root)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.misconfigured, "The configuration \(path) cannot be read: \(error)")
        }
    }

    /// Where a key is set, as `relink.yaml, line 3`.
    func place(_ key: String) -> String {
        path + (lines[key].map { ", line \($0)" } ?? "")
    }

    /// The value of a key in the form that a flag would have it, or nothing where it is not set.
    func text(_ key: String) -> String? {
        values[key]?.joined(separator: ",")
    }

    /// The entries of a key that may be a list or a mapping.
    func entries(_ key: String) -> [String]? {
        values[key]
    }

    private static func values(of root: Node?, _ path: String) throws -> [String: [String]] {
        guard let root else { return [:] }
        guard let mapping = root.mapping else {
            throw fault(path, root, "is no list of settings such as \"limit: 10\"")
        }
        var values: [String: [String]] = [:]
        for (node, value) in mapping {
            let key = node.string ?? ""
            try check(key, node, path)
            values[key] = try entries(of: value, key, path)
        }
        return values
    }

    private static func entries(of value: Node, _ key: String, _ path: String) throws -> [String]? {
        switch value {
        case .scalar(let scalar):
            let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
            return isNull ? nil : [scalar.string]
        case .sequence(let list): return try list.map { try scalar($0, key, path) }
        case .mapping(let mapping) where key == Setting.map.rawValue:
            return try mapping.map { try scalar($0.key, key, path) + "=" + scalar($0.value, key, path) }
        case .mapping, .alias: throw fault(path, value, "sets \"\(key)\" to what is no value")
        }
    }

    private static func scalar(_ node: Node, _ key: String, _ path: String) throws -> String {
        guard case .scalar(let scalar) = node else {
            throw fault(path, node, "sets \"\(key)\" to what is no list of values")
        }
        return scalar.string
    }

    /// A key that is not known may be a slip, and what it was to set would be missed.
    private static func check(_ key: String, _ node: Node, _ path: String) throws {
        let known = Set(Setting.allCases.map(\.fileKey))
        guard !known.contains(key) else { return }
        let nearest = NearestName.of(key, among: known).map { " Is \"\($0)\" meant?" } ?? ""
        throw fault(
            path,
            node,
            "sets \"\(key)\", which is no setting.\(nearest) There are: " + known.sorted().joined(separator: ", ")
        )
    }

    private static func lines(of root: Node?) -> [String: Int] {
        guard let mapping = root?.mapping else { return [:] }
        return Dictionary(mapping.compactMap { node, _ in node.mark.map { (node.string ?? "", $0.line) } }) { $1 }
    }

    private static func fault(_ path: String, _ node: Node, _ what: String) -> CommandFailure {
        let place = node.mark.map { ", line \($0.line)," } ?? ""
        return CommandFailure(.misconfigured, "The configuration \(path)\(place) \(what).")
    }
}

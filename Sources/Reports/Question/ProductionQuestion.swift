package import Domain

/// What a person is asked before a run in production: what would be read, called and written.
package struct ProductionQuestion: Sendable {
    private let inputs: [(name: String, bytes: Int?)]
    private let servers: [API: String]
    private let ledger: String
    private let hasLedger: Bool

    /// Makes the question.
    ///
    /// - Parameters:
    ///   - inputs: As they were given, each with its size where it has one: its rows are counted only by reading it.
    ///   - servers: Where calls go.
    ///   - ledger: The ledger's absolute path.
    ///   - hasLedger: Whether there is one.
    package init(inputs: [(name: String, bytes: Int?)], servers: [API: String], ledger: String, hasLedger: Bool) {
        (self.inputs, self.servers) = (inputs, servers)
        (self.ledger, self.hasLedger) = (ledger, hasLedger)
    }

    /// The question on several lines, without a line break at the end.
    package var text: String {
        var table = TextTable(.left, .left)
        for (position, input) in inputs.enumerated() { table.add([position == 0 ? "input" : "", words(input)]) }
        for api in API.allCases { table.add([api.rawValue, servers[api]?.printable ?? "-"]) }
        table.add(["ledger", "\(ledger.printable) (\(hasLedger ? "it is there" : "a new one"))"])
        return
            (["This run is in production, where links are real:"] + table.lines.map { "  " + $0 } + [
                "Link the accounts of this input at Bond?"
            ]).joined(separator: "\n")
    }

    private func words(_ input: (name: String, bytes: Int?)) -> String {
        if input.name == "-" { return "standard input" }
        return input.name.printable + (input.bytes.map { ", \($0.grouped) bytes" } ?? "")
    }
}

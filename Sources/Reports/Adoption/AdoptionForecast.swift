package import Domain

/// What `adopt` would do with its input, as far as the ledger tells; Bond is not asked.
package struct AdoptionForecast: Sendable {
    /// Lines that Bond would be asked about.
    package private(set) var open = 0
    /// Lines whose link the ledger has.
    package private(set) var already = 0
    /// Lines that the ledger speaks against, those included that wait for a row in doubt.
    package private(set) var refused = 0
    /// Lines that claim no link.
    package private(set) var invalid = 0
    /// Valid lines that the user left out.
    package private(set) var excluded = 0

    package init() {}

    /// Counts a piece of the input.
    package mutating func add(_ results: [AdoptionResult?], invalid: Int, excluded: Int) {
        open += results.count { $0 == nil }
        already += results.count { $0?.outcome == .alreadyLinked }
        refused += results.count { $0.map { $0.outcome != .alreadyLinked } ?? false }
        self.invalid += invalid
        self.excluded += excluded
    }

    /// Lines that were read and not left out.
    package var links: Int { open + already + refused }

    /// One line for a person.
    package var text: String {
        let parts = [
            (count: open, of: "to ask Bond about"), (count: already, of: "in the ledger already"),
            (count: refused, of: "refused by the ledger"), (count: excluded, of: "left out"),
        ]
        let bad = invalid > 0 ? "; \(invalid.counted("invalid line"))" : ""
        return "\(links.counted("link")): \(parts.inWords)\(bad). A link that Bond does not confirm is not adopted."
    }

    /// The forecast for programs, on one line.
    package var json: String {
        let document: JSONValue = [
            "version": 1, "links": .number(links), "to_adopt": .number(open), "already_linked": .number(already),
            "refused": .number(refused), "invalid": .number(invalid), "excluded": .number(excluded),
        ]
        return document.text
    }
}

package import Domain

/// What `relink validate` found, counted while rows stream by.
package struct ValidationTally: Sendable, Equatable {
    /// How many problems are kept to be shown.
    package static let problemLimit = 20

    /// Valid rows, repeats not counted.
    package private(set) var valid = 0
    /// Repeats of a row that came before.
    package private(set) var duplicate = 0
    /// Invalid rows by reason.
    package private(set) var reasons: [InvalidRow.Reason: Int] = [:]
    /// Warnings about valid rows, by kind.
    package private(set) var warnings: [RowWarning: Int] = [:]
    /// The first problems, as many as are shown.
    package private(set) var problems: [InvalidRow] = []

    /// Makes a tally of nothing.
    package init() {}

    /// All invalid rows.
    package var invalid: Int { reasons.values.reduce(0, +) }
    /// All rows of the input.
    package var read: Int { valid + invalid + duplicate }

    /// Counts a valid row and its warnings.
    package mutating func note(_ row: InputRow) {
        valid += 1
        for warning in row.warnings { warnings[warning, default: 0] += 1 }
    }

    /// Counts an invalid row and keeps it where it is among the first.
    package mutating func note(_ row: InvalidRow) {
        reasons[row.reason, default: 0] += 1
        if problems.count < Self.problemLimit { problems.append(row) }
    }

    /// Counts a repeat.
    package mutating func noteDuplicate() {
        duplicate += 1
    }
}

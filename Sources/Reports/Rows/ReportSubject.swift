package import Domain

/// What a report is about, for its readers: all of it optional.
package struct ReportSubject: Sendable, Equatable {
    /// The ledger's absolute path.
    package var ledger: String?
    /// The environment the ledger belongs to.
    package var environment: DeploymentEnvironment?
    /// When the report was asked for.
    package var madeAt: Timestamp?
    /// The command that prints every row.
    package var fullListCommand: String

    /// Makes a subject of what is known.
    package init(
        ledger: String? = nil,
        environment: DeploymentEnvironment? = nil,
        madeAt: Timestamp? = nil,
        fullListCommand: String = "relink report --format csv"
    ) {
        self.ledger = ledger
        self.environment = environment
        self.madeAt = madeAt
        self.fullListCommand = fullListCommand
    }
}

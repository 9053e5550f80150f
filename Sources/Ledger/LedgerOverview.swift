package import Domain

/// The ledger at a glance, for `relink status`.
package struct LedgerOverview: Sendable, Equatable {
    /// How often one code stands in the ledger now.
    package struct CodeCount: Sendable, Equatable {
        package let source: String
        package let code: String
        package let rows: Int
    }

    /// One of the last runs.
    package struct PastRun: Sendable, Equatable {
        package let id: String
        package let startedAt: Timestamp
        package let finishedAt: Timestamp?
        package let outcome: String?
        package let exitCode: Int?
        package let attempted: Int?
    }

    /// A run that works on a ledger on a server.
    package struct Worker: Sendable, Equatable {
        package let holder: String
        package let runID: String
        /// Whether its lease is over.
        package let isOverdue: Bool
    }

    package let environment: String
    package let totals: LedgerTotals
    /// The ten most frequent.
    package let codes: [CodeCount]
    /// The five newest, newest first.
    package let runs: [PastRun]
    /// The rates learned from the APIs' refusals, in calls a second.
    package let learnedRates: [API: Double]
    package let items: ItemFigures
    /// Access tokens that exist in this ledger and, as far as it knows, nowhere else.
    package let unexportedTokens: Int
    /// Who works on a ledger on a server; none of a file.
    package let workers: [Worker]

    /// How the Items behind the rows are.
    package struct ItemFigures: Sendable, Equatable {
        /// Rows that are linked and whose connection needs somebody.
        package var unhealthyRows = 0
        /// Rows whose account seems to have a new id.
        package var proposals = 0
        /// When an Item was last checked; nothing where none was.
        package var checkedAt: Timestamp?
    }

    static func fetch(_ database: LedgerSession) throws -> LedgerOverview {
        LedgerOverview(
            environment: try database.value("SELECT environment FROM ledger") ?? "",
            totals: try LedgerTotals.fetch(database),
            codes: try codes(database),
            runs: try runs(database),
            learnedRates: try LearnedRateRecord.fetch(database),
            items: try ItemRecord.figures(database),
            unexportedTokens: try ExchangeRecord.unexported(database),
            workers: try database.hasTable("workers") ? WorkerRecord.all(database) : []
        )
    }

    private static func codes(_ database: LedgerSession) throws -> [CodeCount] {
        try database.rows(
            """
            SELECT error_source, error_code, count(*) AS rows FROM links
            WHERE state <> 'linked' AND error_code IS NOT NULL
            GROUP BY error_source, error_code ORDER BY rows DESC, error_code, error_source LIMIT 10
            """
        ).map {
            CodeCount(
                source: try $0.value("error_source"),
                code: try $0.value("error_code"),
                rows: try $0.value("rows")
            )
        }
    }

    private static func runs(_ database: LedgerSession) throws -> [PastRun] {
        try database.rows("SELECT * FROM runs WHERE kind = 'run' ORDER BY id DESC LIMIT 5").map { row in
            PastRun(
                id: try row.value("name"),
                startedAt: try row.timestamp("started_at") ?? Timestamp(milliseconds: 0),
                finishedAt: try row.timestamp("finished_at"),
                outcome: try row.value("outcome"),
                exitCode: try row.value("exit_code"),
                attempted: try row.value("rows_attempted")
            )
        }
    }
}

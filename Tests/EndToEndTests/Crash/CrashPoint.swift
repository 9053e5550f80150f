import Testing

/// A named point of a row's life at which the program is killed.
struct CrashPoint: Sendable, Hashable, CustomTestStringConvertible {
    /// What has been done when the program that is killed begins.
    enum Stage: Sendable {
        /// There is no ledger yet.
        case fresh
        /// Half of the rows are linked.
        case halfway
        /// A run was killed with its POSTs out.
        case doubtful
        /// The same, and the ledger is one of the schema's first version.
        case outdated
        /// There is no ledger, and enough rows that the log is checkpointed while the run goes on.
        case long
        /// All is done, and a report is written over an older one.
        case report
        /// All is done, and an older copy of the ledger is put in its place.
        case restore
    }

    /// What it is, for people.
    let name: String
    /// The point in the notation of the library that kills.
    let rule: String
    /// The kill is at one of so many times that the point is met.
    let reach: Int
    let stage: Stage

    init(_ name: String, _ rule: String, _ reach: Int, _ stage: Stage = .fresh) {
        self.name = name
        self.rule = rule
        self.reach = reach
        self.stage = stage
    }

    var testDescription: String { name }

    /// Every point.
    static let all = calls + commits + checkpoints + beginnings + files

    private static let calls = [
        CrashPoint("mint: before sending", "request/plaid", 12),
        CrashPoint("mint: after the head", "head/plaid", 12),
        CrashPoint("mint: after the body", "sent/plaid", 12),
        CrashPoint("mint: after the remote effect", "answered/plaid", 12),
        CrashPoint("mint: after the response", "received/plaid", 12),
        CrashPoint("post: before sending", "request/bond", 12),
        CrashPoint("post: after the head", "head/bond", 12),
        CrashPoint("post: after the body", "sent/bond", 12),
        CrashPoint("post: after the remote effect", "answered/bond", 12),
        CrashPoint("post: after the response", "received/bond", 12),
        CrashPoint("list: before sending", "request/list", 2, .doubtful),
        CrashPoint("list: after the remote effect", "answered/list", 2, .doubtful),
        CrashPoint("list: after the response", "received/list", 2, .doubtful),
    ]

    private static let commits = [
        CrashPoint("commit: before a write", "write/wal", 100, .halfway),
        CrashPoint("commit: inside a write", "torn/wal", 100, .halfway),
        CrashPoint("commit: after a write", "written/wal", 100, .halfway),
        CrashPoint("commit: before the fsync", "fsync/wal", 15, .halfway),
        CrashPoint("commit: after the fsync", "fsynced/wal", 15, .halfway),
        CrashPoint("take-over: inside its commit", "torn/wal", 16, .doubtful),
    ]

    private static let checkpoints = [
        CrashPoint("checkpoint: before a write", "write/ledger", 40, .long),
        CrashPoint("checkpoint: inside a write", "torn/ledger", 40, .long),
        CrashPoint("checkpoint at the end: before a write", "write/ledger", 20, .halfway),
        CrashPoint("checkpoint at the end: inside a write", "torn/ledger", 20, .halfway),
        CrashPoint("checkpoint at the end: before the fsync", "fsync/ledger", 1, .halfway),
        CrashPoint("checkpoint at the end: after the fsync", "fsynced/ledger", 1, .halfway),
        CrashPoint("checkpoint at the end: before the log goes", "unlink/wal", 1, .halfway),
        CrashPoint("checkpoint at the end: after the log is gone", "unlinked/wal", 1, .halfway),
    ]

    private static let beginnings = [
        CrashPoint("migration: before a write", "write/store", 40),
        CrashPoint("migration: inside a write", "torn/store", 40),
        CrashPoint("migration: before an fsync", "fsync/store", 5),
        CrashPoint("upgrade: before a write", "write/wal", 8, .outdated),
        CrashPoint("upgrade: inside a write", "torn/wal", 8, .outdated),
        CrashPoint("upgrade: before the fsync", "fsync/wal", 2, .outdated),
        CrashPoint("upgrade: after the fsync", "fsynced/wal", 2, .outdated),
        CrashPoint("creation: the file is new", "opened/ledger", 3),
        CrashPoint("creation: the journal is hot", "written/ledger", 1),
        CrashPoint("creation: the log is new", "opened/wal", 1),
        CrashPoint("creation: the journal is gone", "unlinked/journal", 1),
        CrashPoint("creation: the lock is new", "opened/lock", 1),
    ]

    private static let files = [
        CrashPoint("report: inside a write", "torn/report", 1, .report),
        CrashPoint("report: before the fsync", "fsync/report", 1, .report),
        CrashPoint("report: before the rename", "rename/report", 1, .report),
        CrashPoint("report: after the rename", "renamed/report", 1, .report),
        CrashPoint("restore: before a rename", "rename", 2, .restore),
        CrashPoint("restore: after a rename", "renamed", 2, .restore),
        CrashPoint("restore: inside a write", "torn", 20, .restore),
    ]
}

import CPostgreSQL
import Synchronization

/// A transaction's statements on their way to a server, many of which cost one way there and back.
///
/// A statement is sent while the answers to those before it are still to come. Nothing may be believed before `settle`
/// has heard them all.
final class PostgreSQLPipeline {
    /// What is to be done with an answer that is still to come.
    private enum Awaited {
        case preparation(String)
        case statement((PostgreSQLAnswer) throws -> Void)
    }

    /// So many answers are not more than libpq can hold while it sends.
    private static let most = 256

    private let connection: PostgreSQLConnection
    private var awaited: [Awaited] = []
    private var pointer: OpaquePointer? { connection.pointer }

    init(_ connection: PostgreSQLConnection) {
        self.connection = connection
    }

    /// Sends a statement; `check` looks at its answer when that is there.
    ///
    /// - Throws: What `settle` throws.
    func send(
        _ sql: String,
        _ arguments: LedgerArguments,
        _ check: @escaping (PostgreSQLAnswer) throws -> Void = { _ in }
    ) throws {
        if awaited.count >= Self.most { try settle() }
        if awaited.isEmpty { try sent(PQenterPipelineMode(pointer)) }
        let statement = try prepare(sql)
        let parameters = PostgreSQLParameters(arguments.values(of: statement.names))
        awaited.append(.statement(check))
        try sent(parameters.withPointers { PQsendQueryPrepared(pointer, statement.name, $0, $1, nil, nil, 0) })
    }

    /// Waits for all answers that are still to come.
    ///
    /// - Throws: What went wrong first: a `PostgreSQLError`, or what a check threw.
    func settle() throws {
        if awaited.isEmpty { return }
        try sent(PQpipelineSync(pointer))
        var failure: (any Error)?
        for one in awaited {
            do { try hear(one) } catch { failure = failure ?? error }
        }
        awaited = []
        let isInStep = PostgreSQLAnswer(PQgetResult(pointer)).isSync && PQexitPipelineMode(pointer) == 1
        guard isInStep else { throw lost(failure) }
        if let failure { throw failure }
    }

    private func prepare(_ sql: String) throws -> PreparedStatement {
        if let known = connection.prepared.withLock({ $0[sql] }) { return known }
        let new = connection.prepared.withLock { $0.make(sql) }
        awaited.append(.preparation(sql))
        try sent(PQsendPrepare(pointer, new.name, new.text, 0, nil))
        connection.prepared.withLock { $0[sql] = new }
        return new
    }

    private func hear(_ one: Awaited) throws {
        let answer = Result { try connection.checked(PQgetResult(pointer)) }
        // Each answer has an end of its own.
        PQclear(PQgetResult(pointer))
        switch one {
        case .preparation(let sql):
            if case .failure = answer { connection.prepared.withLock { $0[sql] = nil } }
            _ = try answer.get()
        case .statement(let check): try check(try answer.get())
        }
    }

    private func sent(_ isDone: CInt) throws {
        if isDone == 0 { throw lost(nil) }
    }

    /// A connection on which answers cannot be told from each other any more is of no use, too.
    private func lost(_ failure: (any Error)?) -> PostgreSQLError {
        awaited = []
        let known = (failure as? PostgreSQLError)?.reason
        return PostgreSQLError(
            state: "",
            reason: known ?? PostgreSQLConnection.sentence(PQerrorMessage(pointer)),
            isLost: true
        )
    }
}

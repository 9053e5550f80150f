import Domain
import Ledger
import RunSupport
import TestSupport
import Testing

/// What the workers of a ledger on a server share of an API.
@Suite(
    .timeLimit(.minutes(5)),
    .enabled(if: PostgreSQLServer.shared != nil && PostgreSQLServer.spare != nil, "postgresql is to be installed")
)
struct ClimateStoreTests {
    @Test func nothingIsLostAmongWorkersThatExchangeAtOnce() async throws {
        let ledger = try LedgerWriter(
            Sample.opening(try #require(PostgreSQLServer.shared).makeSchema(), lease: .seconds(600))
        )
        let readings = EventLog<ClimateStore.Reading>()
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<4 {
                let store = try #require(ledger.climates)
                group.addTask {
                    for _ in 0..<50 { readings.append(try await Self.count(store).reading) }
                }
            }
        }
        let inTurn = readings.events.sorted { Self.number($0) < Self.number($1) }
        #expect(inTurn.map(Self.number) == Array(0..<200))
        #expect(inTurn.allSatisfy { $0.asked <= $0.now && !$0.hasRestarted })
        // The time is that of each one's turn, not that of its question.
        #expect(zip(inTurn, inTurn.dropFirst()).allSatisfy { $0.now <= $1.now })
        #expect(
            try await Self.count(try #require(ledger.climates), of: .bond).reading.state == nil,
            "each API has its own"
        )
    }

    @Test func anyTextIsKeptAndAFailureKeepsTheOldOne() async throws {
        let ledger = try LedgerWriter(
            Sample.opening(try #require(PostgreSQLServer.shared).makeSchema(), lease: .seconds(600))
        )
        let store = try #require(ledger.climates)
        let text = #"{"it's":"inf","\":'';"}"#
        try await store.exchange(.plaid) { _ in (text, ()) }
        await #expect(throws: Odd.self) { try await store.exchange(.plaid) { _ in throw Odd() } as Void }
        #expect(try await store.exchange(.plaid) { ($0.state ?? "", $0.state) } == text)
    }

    @Test func whyItFailedIsWhyTheRunEnds() async throws {
        let url = try #require(PostgreSQLServer.shared).makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url, lease: .seconds(600)))
        let store = try #require(ledger.climates)
        try LedgerEye(url).execute("DROP TABLE climates")
        let error = try await #require(throws: LedgerError.self) {
            try await store.exchange(.plaid) { _ in ("", ()) }
        }
        #expect(ledger.failure == error)
    }

    @Test func lostConnectionIsMadeAnew() async throws {
        let server = try #require(PostgreSQLServer.shared)
        let url = try server.makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url, lease: .seconds(600)))
        let store = try #require(ledger.climates)
        for turn in 0..<5 {
            #expect(try await Self.count(store).number == turn)
            try LedgerEye(url).execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE query LIKE 'UPDATE climates SET state = ''\(turn + 1)''%' AND pid <> pg_backend_pid()
                    AND state = 'idle'
                """
            )
        }
    }

    @Test func restartOfTheServerIsSurvivedAndTold() async throws {
        let server = try #require(PostgreSQLServer.spare)
        let ledger = try LedgerWriter(Sample.opening(try server.makeSchema(), lease: .seconds(600)))
        let store = try #require(ledger.climates)
        for _ in 0..<20 { _ = try await Self.count(store) }
        try server.kill()
        // Its sessions live on until they see that it is gone.
        var (reading, number) = try await Self.count(store)
        var last = 20
        while number >= last, !reading.hasRestarted {
            last = number
            (reading, number) = try await Self.count(store)
        }
        // What was kept last need not be durable yet; where nothing is left, there is nothing to be told.
        #expect(reading.hasRestarted == (reading.state != nil))
        #expect(number <= last + 1)
        let next = try await Self.count(store)
        #expect(next.number == number + 1)
        #expect(!next.reading.hasRestarted)
    }

    @Test func onlyRunsOnAServerShare() async throws {
        let url = try #require(PostgreSQLServer.shared).makeSchema()
        do {
            #expect(try LedgerWriter(Sample.opening(url, lease: .milliseconds(1))).climates != nil)
        }
        #expect(try LedgerWriter(Sample.opening(url, kind: .resolve, runID: "run-2")).climates == nil)
        try await ScratchFolder.with { folder in
            let ledger = try LedgerWriter(Sample.opening(folder.file("relink.sqlite"), lease: .seconds(600)))
            #expect(ledger.climates == nil)
        }
    }

    /// Adds one to what is kept, and gives what it was.
    private static func count(
        _ store: ClimateStore,
        of api: API = .plaid
    ) async throws -> (reading: ClimateStore.Reading, number: Int) {
        try await store.exchange(api) { reading in
            ("\(number(reading) + 1)", (reading, number(reading)))
        }
    }

    private static func number(_ reading: ClimateStore.Reading) -> Int {
        reading.state.flatMap { Int($0) } ?? 0
    }

    private struct Odd: Error {}
}

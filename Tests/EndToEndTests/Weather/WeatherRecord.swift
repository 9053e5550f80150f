import Foundation
import GRDB
import Simulator

/// What a scenario left behind; all times are seconds since its first call.
struct WeatherRecord: Sendable {
    /// One run of the program.
    struct Run: Sendable {
        let span: Range<Double>
        let exitCode: Int32
        /// The states of its summary.
        let states: [String: Int]
        /// The command that its summary says to type now.
        let next: String?
        let errors: String
    }

    let start: Date
    let log: WeatherLog
    let runs: [Run]
    /// When the weather turned.
    let turns: [Double]
    /// The numbers of the simulator that was there last.
    let counts: WorldCounts?
    /// When the program tried in vain to connect, or lost a connection: by its own ledger, as no simulator saw it.
    let unanswered: [Double]
    /// The mints whose answer was lost, by the ledger.
    let lostMints: Int

    /// Puts together what the simulators (one after another), the folder and the runs have to tell.
    init(_ worlds: [World], _ folder: Scratch, _ runs: [EndedRun], _ turns: [Date]) throws {
        let calls = worlds.flatMap(\.calls)
        let start = calls.first?.time ?? runs.first?.start ?? Date.now
        self.start = start
        log = WeatherLog(calls, since: start)
        self.turns = turns.map { $0.timeIntervalSince(start) }
        self.runs = runs.map { Run($0, since: start) }
        counts = worlds.last?.counts
        (unanswered, lostMints) = try Self.ledger(folder) { database in
            let sent = "SELECT sent_at FROM attempts WHERE result IN ('never_sent', 'lost')"
            let lost = "SELECT count(*) FROM attempts WHERE call = 'mint' AND result = 'lost'"
            let times = try Int64.fetchAll(database, sql: sent).map { Double($0) / 1_000 }
            return (times.map { $0 - start.timeIntervalSince1970 }, try Int.fetchOne(database, sql: lost) ?? 0)
        }
    }

    /// From one turn of the weather to the next, or to the end of the runs where that came first.
    func span(from turn: Int) -> Range<Double> {
        let end = runs.last?.span.upperBound ?? 0
        let first = turns.indices.contains(turn) ? turns[turn] : end
        return first..<max(first, turns.indices.contains(turn + 1) ? turns[turn + 1] : end)
    }

    /// The whole periods of the clock within `span`; the last part of it where there is none.
    func periods(of length: Double, in span: Range<Double>) -> Range<Double> {
        let offset = start.timeIntervalSince1970
        let first = ((span.lowerBound + offset) / length).rounded(.up) * length - offset
        let last = ((span.upperBound + offset) / length).rounded(.down) * length - offset
        return first < last ? first..<last : max(span.lowerBound, span.upperBound - length)..<span.upperBound
    }

    private static func ledger<Result: Sendable>(
        _ folder: Scratch,
        _ read: @Sendable (Database) throws -> Result
    ) throws -> Result {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: folder.path("relink.sqlite"), configuration: configuration).read(read)
    }
}

extension WeatherRecord.Run {
    fileprivate init(_ run: EndedRun, since start: Date) {
        let summary = (try? run.outcome.json()) ?? [:]
        span = run.start.timeIntervalSince(start)..<run.end.timeIntervalSince(start)
        exitCode = run.outcome.exitCode
        states = summary["states"] as? [String: Int] ?? [:]
        next = summary["next"] as? String
        errors = run.outcome.errors
    }
}

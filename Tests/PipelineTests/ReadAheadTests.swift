import Domain
import Pipeline
import RunSupport
import Synchronization
import Testing

/// What is read while rows are worked on.
struct ReadAheadTests {
    /// An input whose second piece comes only once the run has been asked to stop, if at all.
    private struct Stream: RowSource {
        let isAtHand: Bool
        let reads = Reads()
        private var rest = [Sample.rows(1), [Sample.row("customer-2", "account-2")]]

        init(isAtHand: Bool) {
            self.isAtHand = isAtHand
        }

        mutating func next() async throws -> RowBatch? {
            reads.add()
            return rest.isEmpty ? nil : RowBatch(rows: rest.removeFirst())
        }
    }

    private final class Reads: Sendable {
        private let number = Mutex(0)

        var count: Int { number.withLock { $0 } }

        func add() {
            number.withLock { $0 += 1 }
        }
    }

    /// A pipe that has nothing more to give must not hold up a run that is to stop.
    @Test(.timeLimit(.minutes(5))) func aPipeIsNotWaitedForByARunThatStops() async throws {
        try await withRig { rig in
            let stream = Stream(isAtHand: false)
            var settings = RunSettings()
            settings.limit = 0
            let outcome = try await rig.run(stream, settings: settings)
            #expect(stream.reads.count == 1)
            #expect(outcome.stop == .limit)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [false, true]) func everyPieceIsTakenInOnce(_ isAtHand: Bool) async throws
    {
        try await withRig { rig in
            let stream = Stream(isAtHand: isAtHand)
            let outcome = try await rig.run(stream)
            #expect(outcome.states == [.linked: 2])
            #expect(stream.reads.count == 3, "two pieces and the end")
        }
    }
}

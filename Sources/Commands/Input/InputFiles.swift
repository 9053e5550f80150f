import Domain
import Intake

/// All inputs of a command, one after the other, in batches of a size that one commit takes in well.
struct InputFiles: RowSource {
    private static let batchSize = 512
    private var readers: [RowReader<OpenFile>]
    private let exclusions: ExclusionList
    /// How much has been read.
    let meter: InputMeter
    /// How many rows there have to be.
    let minimum: RowMinimum
    let isAtHand: Bool
    private var position = 0
    private var waiting: ArraySlice<InputEvent> = []

    init(readers: [RowReader<OpenFile>], exclusions: ExclusionList, meter: InputMeter, minimum: RowMinimum) {
        self.readers = readers
        isAtHand = meter.knowsSize
        self.exclusions = exclusions
        self.meter = meter
        self.minimum = minimum
    }

    mutating func next() async throws -> RowBatch? {
        // Not on the thread of the calls: reading a piece takes as long as a hundred of them.
        try await withTaskExecutorPreference(globalConcurrentExecutor) { try await read() }
    }

    private mutating func read() async throws -> RowBatch? {
        while waiting.isEmpty {
            guard position < readers.count else {
                meter.noteEnd()
                return nil
            }
            guard let events = try await readers[position].next() else {
                position += 1
                continue
            }
            meter.note(rows: events.count)
            waiting = events[...]
        }
        let events = waiting.prefix(Self.batchSize)
        waiting = waiting.dropFirst(Self.batchSize)
        return batch(events)
    }

    private func batch(_ events: ArraySlice<InputEvent>) -> RowBatch {
        var batch = RowBatch()
        for event in events {
            switch event {
            case .row(let row) where exclusions.contains(row): batch.excluded += 1
            case .row(let row): batch.rows.append(row)
            case .invalid(let problem): batch.invalid.append(problem)
            }
        }
        return batch
    }
}

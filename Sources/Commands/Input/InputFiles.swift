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
    let minRows: Int?
    private var position = 0
    private var waiting: ArraySlice<InputEvent> = []

    init(readers: [RowReader<OpenFile>], exclusions: ExclusionList, meter: InputMeter, minRows: Int? = nil) {
        self.readers = readers
        self.exclusions = exclusions
        self.meter = meter
        self.minRows = minRows
    }

    /// Why an input with so many rows, now that it has been read to its end, is not to be believed.
    func shortage(rows: Int) -> String? {
        guard let minRows, rows < minRows else { return nil }
        return "the rows of the input are \(rows), fewer than --min-rows \(minRows): look at the export they come from"
    }

    /// Makes sure that an input that was read to its end is to be believed.
    ///
    /// - Throws: `CommandFailure` 65.
    func checkEnough(rows: Int) throws {
        if let shortage = shortage(rows: rows) { throw CommandFailure(.unusableInput, shortage) }
    }

    mutating func next() async throws -> RowBatch? {
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

import Domain
import Intake

/// All inputs of a command that adopts, one after the other.
struct AdoptionFiles: AdoptionSource {
    private var readers: [AdoptionReader<OpenFile>]
    private let exclusions: ExclusionList
    /// How many rows there have to be.
    let minimum: RowMinimum
    private var position = 0

    init(readers: [AdoptionReader<OpenFile>], exclusions: ExclusionList, minimum: RowMinimum) {
        self.readers = readers
        self.exclusions = exclusions
        self.minimum = minimum
    }

    mutating func next() async throws -> AdoptionBatch? {
        while position < readers.count {
            if var batch = try await readers[position].next() {
                let all = batch.adoptions.count
                batch.adoptions.removeAll { exclusions.contains($0) }
                batch.excluded = all - batch.adoptions.count
                return batch
            }
            position += 1
        }
        return nil
    }
}

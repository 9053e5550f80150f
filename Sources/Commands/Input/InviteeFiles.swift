import Domain
import Intake

/// All inputs of a command that invites, one after the other.
struct InviteeFiles: InviteeSource {
    private var readers: [InviteeReader<OpenFile>]
    private let exclusions: ExclusionList
    /// How many rows there have to be.
    let minimum: RowMinimum
    private var position = 0

    init(readers: [InviteeReader<OpenFile>], exclusions: ExclusionList, minimum: RowMinimum) {
        self.readers = readers
        self.exclusions = exclusions
        self.minimum = minimum
    }

    mutating func next() async throws -> InviteeBatch? {
        while position < readers.count {
            if var batch = try await readers[position].next() {
                let all = batch.invitees.count
                batch.invitees.removeAll { exclusions.contains($0) }
                batch.excluded = all - batch.invitees.count
                return batch
            }
            position += 1
        }
        return nil
    }
}

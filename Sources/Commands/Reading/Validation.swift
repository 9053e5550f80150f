import Domain
import Intake
import Pipeline
import Reports

/// Reads an input to its end and counts what is in it.
struct Validation {
    private var tally = ValidationTally()
    private var repeats = RepeatIndex()

    /// Reads all batches; `report` gets the problems as they come.
    consuming func read(_ files: InputFiles, _ report: ([InvalidRow]) throws -> Void) async throws -> ValidationTally {
        let reader = ReadAhead(files) { $0 }
        var next = try await reader.next()
        while let batch = next {
            async let preparation: Void = reader.prepare()
            var problems = batch.invalid
            for row in batch.rows {
                switch repeats.note(row) {
                case .first: tally.note(row)
                case .duplicate: tally.noteDuplicate()
                case .conflict(let first): problems.append(.conflictingToken(row, first: first))
                }
            }
            for problem in problems { tally.note(problem) }
            if !problems.isEmpty { try report(problems) }
            try await preparation
            next = try await reader.next()
        }
        return tally
    }
}

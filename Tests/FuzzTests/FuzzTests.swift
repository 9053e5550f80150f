import FuzzSupport
import TestSupport
import Testing

/// A bounded run of each subject; `scripts/fuzz` goes on for as long as it is given.
@Suite struct FuzzTests {
    @Test(arguments: FuzzSubject.all)
    func seedsHold(subject: FuzzSubject) async throws {
        for seed in subject.seeds { try await subject.check(seed) }
    }

    @Test(arguments: FuzzSubject.all)
    func holds(subject: FuzzSubject) async {
        let mutator = ByteMutator(words: subject.words)
        for round in 1...400 as ClosedRange<UInt64> {
            var random = SeededGenerator(stream: round)
            let comment = Comment(rawValue: "\(random)")
            let input = mutator.mutated(random.pick(subject.seeds), &random)
            do {
                try await subject.check(input)
            } catch {
                Issue.record(
                    error,
                    "\(comment): \(String(decoding: input.prefix(2_000), as: UTF8.self).debugDescription)"
                )
                return
            }
        }
    }
}

/// A reader of what comes from outside: what to feed it with, and what must hold whatever it is fed.
package struct FuzzSubject: Sendable, CustomStringConvertible {
    package let name: String
    /// Good and nearly good input.
    package let seeds: [[UInt8]]
    /// Texts that mean something to the reader.
    package let words: [String]
    /// Feeds the reader; throws a `FuzzFinding` where something does not hold.
    package let check: @Sendable ([UInt8]) async throws -> Void

    init(
        _ name: String,
        seeds: [String],
        words: [String] = [],
        check: @escaping @Sendable ([UInt8]) async throws -> Void
    ) {
        self.name = name
        self.seeds = seeds.map { Array($0.utf8) }
        self.words = words
        self.check = check
    }

    /// Every subject.
    package static let all = [csv, jsonLines, adoptions, plaidToken, plaidLink, bondLink, bondList, texts]

    package var description: String { name }
}

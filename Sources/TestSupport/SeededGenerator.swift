#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Random numbers that follow from a seed: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// Put it into the comment of every expectation on random data: it prints the setting that brings the failure back.
package struct SeededGenerator: RandomNumberGenerator, Sendable, CustomStringConvertible {
    /// The seed of this test process: `RELINK_TEST_SEED` where it is set, else a new one for each process.
    package static let processSeed: UInt64 =
        ProcessInfo.processInfo.environment["RELINK_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...UInt64.max)

    /// The seed a failure is repeated with.
    package let seed: UInt64
    /// Which of the sequences of the seed this is.
    package let stream: UInt64
    private var state: UInt64

    /// Begins sequence number `stream` of a seed; a test with rounds gives each round a stream of its own.
    package init(seed: UInt64 = Self.processSeed, stream: UInt64 = 0) {
        self.seed = seed
        self.stream = stream
        state = seed
        guard stream > 0 else { return }
        state ^= Self.mixed(stream &* 0x9E37_79B9_7F4A_7C15)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    package var description: String {
        stream == 0 ? "RELINK_TEST_SEED=\(seed)" : "RELINK_TEST_SEED=\(seed), round \(stream)"
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension SeededGenerator {
    /// A number from 0 up to, but not including, 1.
    package mutating func unit() -> Double {
        .random(in: 0..<1, using: &self)
    }

    /// True once in `count` times.
    package mutating func chance(oneIn count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }

    /// True in so many of a hundred cases.
    package mutating func chance(percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &self) < percent
    }

    /// One of the choices, of which there is at least one.
    package mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: choices.indices, using: &self)]
    }
}

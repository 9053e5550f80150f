package import Domain

/// Remembers the identities of an input in about 32 bytes each, to find those that come again.
///
/// Identities are known by 128 bits of hash and tokens by 32, so that no token is kept. Lines are told apart up to
/// 4 294 967 295 of them.
package struct RepeatIndex: Sendable {
    private var shards = Array(repeating: RepeatShard(), count: 64)
    private var places = PositionLog()

    package init() {}

    /// Takes note of `row` and tells whether its identity came before.
    package mutating func note(_ row: InputRow) -> Repeat {
        let entry = RepeatEntry(
            high: Self.hash(row.identity, seed: 1),
            low: Self.hash(row.identity, seed: 2),
            token: UInt32(truncatingIfNeeded: Self.hash(row.credential, seed: 3)),
            place: places.ordinal(of: row.position)
        )
        guard let earlier = shards[Int(entry.low >> 58)].insert(entry) else { return .first }
        let position = places.position(of: earlier.place)
        return earlier.token == entry.token ? .duplicate(of: position) : .conflict(with: position)
    }

    /// How much memory the identities take.
    package var byteCount: Int {
        shards.reduce(0) { $0 + $1.byteCount }
    }

    private static func hash(_ value: some Hashable, seed: UInt8) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(seed)
        hasher.combine(value)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

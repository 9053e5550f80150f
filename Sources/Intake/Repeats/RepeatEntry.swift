/// One identity that was seen: 24 bytes.
struct RepeatEntry {
    /// The two halves of the identity's hash.
    let high: UInt64
    let low: UInt64
    /// The hash of the token that came with it first.
    let token: UInt32
    /// Where it came first, as a number of the position log; 0 for a free slot.
    let place: UInt32

    static let free = RepeatEntry(high: 0, low: 0, token: 0, place: 0)
}

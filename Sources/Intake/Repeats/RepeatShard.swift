/// A hash table with linear probing that grows by a quarter, so that little of it is ever empty.
///
/// A slot is the hash scaled to the capacity: the table stays nearly sorted, and growing reads and writes in order.
struct RepeatShard {
    private var slots = Array(repeating: RepeatEntry.free, count: 16)
    private var count = 0

    var byteCount: Int { slots.count * MemoryLayout<RepeatEntry>.stride }

    /// Puts `entry` in, or answers the one that is there already.
    mutating func insert(_ entry: RepeatEntry) -> RepeatEntry? {
        let slot = slot(for: entry)
        if slots[slot].place != 0 { return slots[slot] }
        slots[slot] = entry
        count += 1
        if count * 8 > slots.count * 7 { grow() }
        return nil
    }

    /// Where `entry` stands, or the free slot where it should.
    private func slot(for entry: RepeatEntry) -> Int {
        var slot = Int(entry.high.multipliedFullWidth(by: UInt64(slots.count)).high)
        while slots[slot].place != 0, slots[slot].high != entry.high || slots[slot].low != entry.low {
            slot = slot + 1 == slots.count ? 0 : slot + 1
        }
        return slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: .free, count: old.count * 5 / 4)
        for entry in old where entry.place != 0 { slots[slot(for: entry)] = entry }
    }
}

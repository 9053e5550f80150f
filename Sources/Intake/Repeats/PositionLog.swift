import Domain

/// Turns positions into numbers of four bytes and back.
struct PositionLog {
    /// Each stretch of positions in one file, with the number that its line 0 has.
    private var stretches: [(file: String, base: UInt32)] = []
    private var highest: UInt32 = 0

    /// The number of `position`, never 0.
    mutating func ordinal(of position: InputPosition) -> UInt32 {
        if stretches.last?.file != position.file { stretches.append((position.file, highest)) }
        let base = stretches.last?.base ?? 0
        let ordinal = UInt32(clamping: Int(base) + max(1, position.line))
        highest = max(highest, ordinal)
        return ordinal
    }

    /// The position that has the number `ordinal`.
    func position(of ordinal: UInt32) -> InputPosition {
        let stretch = stretches.last { $0.base < ordinal } ?? ("", 0)
        return InputPosition(file: stretch.file, line: Int(ordinal - stretch.base))
    }
}

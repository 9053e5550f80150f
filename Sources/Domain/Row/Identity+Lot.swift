extension Identity {
    /// A number from 0 up to 1 that is always the same for the same identity: rows whose lot is below a share make up
    /// about that share of all, and a larger share holds every smaller one.
    package var lot: Double {
        var hash = Self.offset
        for byte in "\(owner.kind.rawValue)\u{0}\(owner.key)\u{0}\(accountID)".utf8 {
            hash = (hash ^ UInt64(byte)) &* Self.prime
        }
        // FNV-1a leaves its upper bits poorly mixed, and they are the ones that count here.
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        hash ^= hash >> 31
        return Double(hash >> 11) / Double(UInt64(1) << 53)
    }

    private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3
}

extension String {
    /// Whether this is 8-4-4-4-12 hexadecimal digits; capitals count only where they are allowed.
    func isUUID(allowingCapitals: Bool) -> Bool {
        let groups = split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return false }
        return groups.allSatisfy { group in
            group.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
                case UInt8(ascii: "A")...UInt8(ascii: "F"): allowingCapitals
                default: false
                }
            }
        }
    }
}

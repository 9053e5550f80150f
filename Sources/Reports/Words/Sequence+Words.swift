extension Sequence where Element == (count: Int, of: String) {
    /// The counts that are not zero, as `3 linked, 1 rejected`; `none` where all are.
    var inWords: String {
        let parts = filter { $0.count != 0 }.map { "\($0.count.grouped) \($0.of)" }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
}

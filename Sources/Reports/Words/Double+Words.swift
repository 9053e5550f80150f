extension Double {
    /// The number with one decimal, whatever the locale; `0.0` where it is not a number one could write so.
    var oneDecimal: String {
        let limit = 1e15
        guard isFinite, magnitude < limit else { return "0.0" }
        let tenths = Int64(self * 10 + (self < 0 ? -0.5 : 0.5))
        return (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }
}

extension Int {
    /// The number's share of a total, as `12.5 %`; never `0.0 %` or `100.0 %` where that is not the whole truth.
    func share(of total: Int) -> String {
        guard total > 0 else { return "-" }
        let percent = Double(self) * 100 / Double(total)
        if self > 0, percent < 0.1 { return "< 0.1 %" }
        if self < total, percent > 99.9 { return "> 99.9 %" }
        return percent.oneDecimal + " %"
    }
}

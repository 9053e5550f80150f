extension UInt8 {
    /// Two digits.
    var hexDigits: String {
        let digits = String(self, radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }
}

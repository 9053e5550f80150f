import Domain

/// Reads the forms that settings come in.
enum ValueForms {
    /// `30s`, `500ms`, `10m`, `20h`, `2d`.
    static func duration(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        guard let number = Double(digits), number >= 0, number < 1e9 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": return .seconds(number / 1_000)
        case "s": return .seconds(number)
        case "m", "min": return .seconds(number * 60)
        case "h": return .seconds(number * 3_600)
        case "d": return .seconds(number * 86_400)
        default: return nil
        }
    }

    /// A time as `2026-11-23T21:00:00Z`, the beginning of a day in UTC as `2026-11-23`, or how long before `now`, as
    /// `20h`.
    static func moment(_ text: String, now: Timestamp) -> Timestamp? {
        if let ago = duration(text) { return now - ago }
        return LenientDate.parse(text) ?? LenientDate.parse(text + "T00:00:00Z")
    }

    /// A whole number of at least one.
    static func count(_ text: String) -> Int? {
        Int(text).flatMap { $0 >= 1 ? $0 : nil }
    }

    /// `5%`, as 0.05.
    static func share(_ text: String) -> Double? {
        guard text.hasSuffix("%"), let number = Double(text.dropLast()), number > 0, number <= 100 else { return nil }
        return number / 100
    }

    /// `0,1,3`.
    static func exitCodes(_ text: String) -> Set<Int32>? {
        let codes = text.split(separator: ",").map { Int32($0.filter { !$0.isWhitespace }) }
        guard !codes.isEmpty, codes.allSatisfy({ $0.map { (0...255).contains($0) } ?? false }) else { return nil }
        return Set(codes.compactMap(\.self))
    }

    /// One character of ASCII, or `tab`.
    static func delimiter(_ text: String) -> UInt8? {
        if ["tab", "\\t", "\t"].contains(text) { return UInt8(ascii: "\t") }
        guard let byte = text.utf8.first, text.utf8.count == 1, byte >= 32, byte < 127, byte != UInt8(ascii: "\"")
        else {
            return nil
        }
        return byte
    }
}

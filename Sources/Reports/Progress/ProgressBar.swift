/// A bar of characters that is filled in part.
struct ProgressBar: Sendable {
    private static let eighths = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    private let part: Double
    private let width: Int
    private let isPlain: Bool

    /// Makes a bar, ends included; one too narrow to tell anything is empty.
    init(_ part: Double, width: Int, isPlain: Bool) {
        (self.part, self.width, self.isPlain) = (part, width, isPlain)
    }

    var text: String {
        let inside = width - 2
        guard inside >= 5 else { return "" }
        let eighths = Int(part * Double(inside * 8))
        let (full, rest) = (eighths / 8, eighths % 8)
        if isPlain {
            return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: inside - full) + "]"
        }
        let tip = full < inside ? Self.eighths[rest] : ""
        let empty = String(repeating: " ", count: max(0, inside - full - 1))
        return "▕" + String(repeating: "█", count: full) + tip + empty + "▏"
    }
}

/// What stands on the terminal, and the lines at its end that are drawn anew again and again.
struct Screen: Sendable {
    private var live: [String] = []

    /// The bytes that put `lines` in the place of those drawn last.
    ///
    /// - Parameters:
    ///   - lines: Nothing takes them away.
    ///   - width: The terminal's columns now: where it has become narrower, older lines have been broken.
    /// - Returns: What to write.
    mutating func draw(_ lines: [String], width: Int) -> String {
        defer { live = lines }
        return erasure(width) + lines.map { $0 + "\n" }.joined()
    }

    /// The bytes that put a line above those that are drawn.
    func tell(_ text: String, width: Int) -> String {
        erasure(width) + text + "\n" + live.map { $0 + "\n" }.joined()
    }

    private func erasure(_ width: Int) -> String {
        guard !live.isEmpty else { return "" }
        let rows = live.reduce(0) { $0 + max(1, ($1.count + width - 1) / max(1, width)) }
        return "\u{1B}[\(rows)A\u{1B}[J"
    }
}

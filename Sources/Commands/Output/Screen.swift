/// What stands on the terminal, and the lines at its end that are drawn anew again and again.
struct Screen: Sendable {
    private var live: [String] = []
    private var isAlert = false

    /// The bytes that put `lines` in the place of those drawn last.
    ///
    /// - Parameters:
    ///   - lines: Nothing takes them away.
    ///   - width: The terminal's columns now: where it has become narrower, older lines have been broken.
    ///   - isAlert: Whether the first line is shown in the colour of warnings.
    /// - Returns: What to write.
    mutating func draw(_ lines: [String], width: Int, isAlert: Bool = false) -> String {
        let old = erasure(width)
        (live, self.isAlert) = (lines, isAlert)
        return old + drawn
    }

    /// The bytes that put a line above those that are drawn.
    func tell(_ text: String, width: Int) -> String {
        erasure(width) + text + "\n" + drawn
    }

    private var drawn: String {
        live.enumerated().map { index, line in
            (isAlert && index == 0 ? "\u{1B}[33m\(line)\u{1B}[0m" : line) + "\n"
        }.joined()
    }

    private func erasure(_ width: Int) -> String {
        guard !live.isEmpty else { return "" }
        let rows = live.reduce(0) { $0 + max(1, ($1.count + width - 1) / max(1, width)) }
        return "\u{1B}[\(rows)A\u{1B}[J"
    }
}

import Domain
import Reports
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Standard output for data, standard error for everything else.
enum Console {
    private struct State {
        var format = LogFormat.text
        var screen = Screen()
    }

    private static let state = Mutex(State())

    /// Writes bytes to standard output.
    ///
    /// - Throws: `CommandFailure` 74 when they cannot be written.
    static func write(_ bytes: [UInt8]) throws {
        try FileWriting.write(bytes, to: STDOUT_FILENO, name: "standard output")
    }

    /// Writes a line to standard output.
    static func write(line: String) throws {
        try write(Array((line + "\n").utf8))
    }

    /// Takes the form of what is told from now on.
    static func use(_ format: LogFormat) {
        state.withLock { $0.format = format }
    }

    /// Says something to the person who watches; a closed terminal is no reason to fail.
    ///
    /// - Parameters:
    ///   - text: For people.
    ///   - event: What programs know it by.
    ///   - fields: What programs get besides.
    ///   - isTimed: Whether people are told the time as well.
    static func tell(
        _ text: String,
        event: ConsoleEvent = .message,
        _ fields: [LogLine.Field] = [],
        isTimed: Bool = false
    ) {
        let style = isTimed ? LogLine.Style.timed : .plain
        tell(LogLine(event.level, event.rawValue, text, fields, style: style, at: Surroundings.now()))
    }

    /// Says what is wrong with a line of the input, as a compiler would put it.
    static func tell(_ row: InvalidRow) {
        tell("\(row.position.file):\(row.line):\(row.column): \(row.message)", event: .problem)
    }

    /// Says a line of the log.
    static func tell(_ line: LogLine) {
        state.withLock { state in
            let text = state.format == .json ? line.json : line.text
            show(state.screen.tell(text, width: Terminal.width ?? .max))
        }
    }

    /// Puts these lines in the place of those drawn last, below everything that is told.
    ///
    /// - Parameters:
    ///   - lines: Nothing takes them away.
    ///   - width: The terminal's columns.
    ///   - isAlert: Whether the first line is a warning.
    static func draw(_ lines: [String], width: Int, isAlert: Bool = false) {
        state.withLock { state in
            show(state.screen.draw(lines, width: width, isAlert: isAlert && Terminal.hasColours))
        }
    }

    /// Whether there is a terminal to ask questions on.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Asks a yes-or-no question on the terminal; no where there is none.
    static func confirm(_ question: String) -> Bool {
        guard canAsk else { return false }
        show(question + " [y/N] ")
        return ["y", "yes"].contains(readLine()?.lowercased())
    }

    private static func show(_ text: String) {
        try? FileWriting.write(Array(text.utf8), to: STDERR_FILENO, name: "standard error")
    }
}

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Standard output for data, standard error for everything else.
enum Console {
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

    /// Says something to the person who watches; a closed terminal is no reason to fail.
    static func tell(_ text: String) {
        try? FileWriting.write(Array((text + "\n").utf8), to: STDERR_FILENO, name: "standard error")
    }

    /// Asks a yes-or-no question on the terminal; no where there is none.
    static func confirm(_ question: String) -> Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
        try? FileWriting.write(Array((question + " [y/N] ").utf8), to: STDERR_FILENO, name: "standard error")
        return ["y", "yes"].contains(readLine()?.lowercased())
    }
}

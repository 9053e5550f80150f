#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The terminal at standard error, where there is one that can be drawn on.
enum Terminal {
    /// Its columns now; nothing where standard error is no terminal, or one that cannot move its cursor.
    static var width: Int? {
        guard isatty(STDERR_FILENO) == 1, let name = Surroundings.environment["TERM"], name != "dumb", !name.isEmpty
        else { return nil }
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether it shows only characters of ASCII.
    static var isPlain: Bool {
        let environment = Surroundings.environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return !locale.uppercased().contains("UTF")
    }

    /// Whether colours are wanted: not where `NO_COLOR` is set to anything.
    static var hasColours: Bool {
        (Surroundings.environment["NO_COLOR"] ?? "").isEmpty
    }
}

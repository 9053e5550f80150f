import NIOCore

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// How many files and connections this process may have open, and what that leaves for calls.
///
/// The network library ends the process where it gets no descriptor for its event loops, so this is looked at before.
enum DescriptorLimit {
    /// What a run opens besides connections: three for each event loop; ledger, lock, input, output, names, signals.
    private static var reserve: Int { 3 * System.coreCount + 20 }

    /// Finds out for how many connections to one API there is room, and raises the soft limit where it may.
    ///
    /// - Parameters:
    ///   - wanted: What `--concurrency` asks for.
    ///   - each: Descriptors that one more for each API takes.
    /// - Returns: As many connections as there is room for, `wanted` at most.
    /// - Throws: `CommandFailure` 78 where there is no room for even one.
    static func connections(_ wanted: Int, each: Int) throws -> Int {
        let open = countOpen()
        let (needed, overflows) = wanted.multipliedReportingOverflow(by: each)
        let limit = raised(to: overflows ? .max / 2 : open + reserve + needed)
        let room = (limit - open - reserve) / each
        guard room > 0 else {
            throw CommandFailure(
                .misconfigured,
                "Only \(limit) files may be open at a time, and a run needs \(open + reserve + each) at least. "
                    + "Raise the limit: ulimit -n 1024."
            )
        }
        guard room < wanted else { return wanted }
        Console.tell(
            "relink: only \(limit) files may be open at a time (ulimit -n), so there are \(room) calls in flight for "
                + "each API, not \(wanted)."
        )
        return room
    }

    /// The limit after raising it as far as needed and allowed.
    private static func raised(to needed: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(openFiles, &limit) == 0 else { return needed }
        let soft = Int(clamping: limit.rlim_cur)
        guard soft < needed, limit.rlim_max > limit.rlim_cur else { return soft }
        limit.rlim_cur = min(limit.rlim_max, rlim_t(needed))
        return setrlimit(openFiles, &limit) == 0 ? Int(clamping: limit.rlim_cur) : soft
    }

    /// What is open already, inherited descriptors included.
    private static func countOpen() -> Int {
        (0..<256).count { fcntl(CInt($0), F_GETFD) >= 0 }
    }

    #if canImport(Glibc)
    private static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
    private static let openFiles = RLIMIT_NOFILE
    #endif
}

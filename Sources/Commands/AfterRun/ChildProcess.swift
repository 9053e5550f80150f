import UnixSignals

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A command that the shell runs in a process group of its own, so that all of it can be ended.
struct ChildProcess: Sendable {
    /// Thrown where the system does not start the shell.
    struct NotStarted: Error, CustomStringConvertible {
        let code: CInt

        var description: String { "/bin/sh cannot be started: \(String(cString: strerror(code)))." }
    }

    /// How the command ended.
    enum Ending: Sendable, Equatable {
        case exited(CInt)
        case killed(signal: CInt)
        case outOfTime(Duration)

        /// What went wrong, or nothing.
        var failure: String? {
            switch self {
            case .exited(0): nil
            case .exited(let code): "the command ended with exit code \(code)."
            case .killed(let signal): "the command was ended by signal \(signal)."
            case .outOfTime(let limit): "the command took longer than \(limit) and was ended."
            }
        }
    }

    /// How long a command has from SIGTERM to SIGKILL.
    private static let grace = Duration.seconds(5)
    private static let interval = Duration.milliseconds(20)

    private let id: pid_t

    /// Starts `/bin/sh -c command`; what it prints goes to standard error.
    ///
    /// - Parameters:
    ///   - command: What the shell runs.
    ///   - environment: Its variables.
    ///   - input: What it reads as standard input; nothing means that it reads nothing.
    /// - Throws: `NotStarted`.
    init(shell command: String, environment: [String: String], input: CInt? = nil) throws {
        Self.keepDescriptors()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.resetSignals(&attributes)
        let arguments = Self.strings(["sh", "-c", command])
        let variables = Self.strings(environment.map { "\($0.key)=\($0.value)" })
        defer { for string in arguments + variables { free(string) } }
        var id = pid_t()
        let code = posix_spawn(&id, "/bin/sh", &actions, &attributes, arguments, variables)
        guard code == 0 else { throw NotStarted(code: code) }
        self.id = id
    }

    /// Waits for the command, and ends it where it takes too long or this process is asked to end.
    func ending(within limit: Duration) async -> Ending {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        return await withTaskGroup(of: Ending?.self) { group in
            group.addTask { await reaped(within: limit) }
            group.addTask { await passOn(signals) }
            defer { group.cancelAll() }
            for await ending in group {
                if let ending { return ending }
            }
            return .outOfTime(limit)
        }
    }

    private func passOn(_ signals: UnixSignalsSequence) async -> Ending? {
        for await _ in signals { kill(-id, SIGTERM) }
        return nil
    }

    private func reaped(within limit: Duration) async -> Ending {
        if let ending = await polled(for: limit) { return ending }
        kill(-id, SIGTERM)
        if await polled(for: Self.grace) == nil {
            kill(-id, SIGKILL)
            var status: CInt = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
        }
        return .outOfTime(limit)
    }

    private func polled(for limit: Duration) async -> Ending? {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while true {
            var status: CInt = 0
            if waitpid(id, &status, WNOHANG) == id { return Self.ending(status) }
            guard clock.now < end else { return nil }
            // A command that is waited for in vain is ended all the same.
            try? await clock.sleep(for: Self.interval)
        }
    }

    private static func ending(_ status: CInt) -> Ending {
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
    }

    /// A group of its own, no signal blocked, none ignored that this process ignores.
    private static func resetSignals(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        sigemptyset(&none)
        var usual = sigset_t()
        sigemptyset(&usual)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2, SIGCHLD] {
            sigaddset(&usual, signal)
        }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    /// Keeps what libraries have open from the command.
    private static func keepDescriptors() {
        for descriptor in (STDERR_FILENO + 1)..<4_096 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }

    private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }
}

import Foundation
import Synchronization

/// The program while it runs.
///
/// Foundation's own `Process` is not used: under load it has been seen to crash the tests while it starts one.
final class Running: Sendable {
    /// What to run, and where.
    struct Launch: Sendable {
        let executable: String
        let arguments: [String]
        let environment: [String: String]
        let folder: String
        /// Paths of the three standard streams.
        let input: String
        let output: String
        let errors: String
    }

    /// Thrown where the system does not start the program.
    struct NotStarted: Error {
        let executable: String
        let code: Int32
    }

    private static let env = "/usr/bin/env"

    private let id: pid_t
    private let launch: Launch
    /// Once the process is reaped, its number may be another one's.
    private let isReaped = Mutex(false)

    init(_ launch: Launch) throws {
        self.launch = launch
        id = try Self.spawn(launch)
    }

    /// The process's number.
    var number: Int32 { id }

    /// What it has written to standard error so far.
    var errors: String { (try? String(contentsOfFile: launch.errors, encoding: .utf8)) ?? "" }

    /// Sends a signal to this process and to no other.
    func send(_ signal: Int32) {
        isReaped.withLock { isReaped in
            if !isReaped { kill(id, signal) }
        }
    }

    /// Waits, without holding one of the tests' threads, for the program to end; where nobody wants to know any more,
    /// it is ended.
    func end() async throws -> Tool.Outcome {
        let status = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: self.wait()) }
            }
        } onCancel: {
            send(SIGKILL)
        }
        let signal = status & 0x7F
        return Tool.Outcome(
            exitCode: signal == 0 ? status >> 8 & 0xFF : -1,
            signal: signal == 0 ? nil : signal,
            output: try String(contentsOfFile: launch.output, encoding: .utf8),
            errors: try String(contentsOfFile: launch.errors, encoding: .utf8)
        )
    }

    private func wait() -> Int32 {
        var information = siginfo_t()
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return isReaped.withLock { isReaped in
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            isReaped = true
            return status
        }
    }

    private static func spawn(_ launch: Launch) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, launch.input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, launch.output, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, launch.errors, O_WRONLY | O_CREAT, 0o600)
        try keepDescriptors()
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The threads of the tests' pool block signals, which the program would inherit.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let arguments = strings(command(launch))
        defer { for string in arguments { free(string) } }
        var id = pid_t()
        let code = posix_spawn(&id, env, &actions, &attributes, arguments, [nil])
        guard code == 0 else { throw NotStarted(executable: launch.executable, code: code) }
        return id
    }

    /// Keeps what is open in this process from the program: one that held a simulator's socket would keep its port from
    /// it when it comes back.
    private static func keepDescriptors() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            guard let descriptor = Int32(name), descriptor > STDERR_FILENO else { continue }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    /// The command that goes into the folder, sets the environment, and then becomes the program.
    private static func command(_ launch: Launch) -> [String] {
        [env, "-i", "-C", launch.folder] + launch.environment.map { "\($0.key)=\($0.value)" } + [launch.executable]
            + launch.arguments
    }

    private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }
}

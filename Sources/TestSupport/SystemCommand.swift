import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Runs programs of the system for a test.
///
/// Foundation's own `Process` is not used: under load it has been seen to crash the tests while it starts one.
enum SystemCommand {
    /// Thrown where the system does not start the program.
    struct NotStarted: Error {
        let program: String
        let code: Int32
    }

    /// Runs a program to its end, which blocks the caller's thread.
    ///
    /// - Returns: Its exit code, or the signal that ended it, and what it wrote on standard output.
    static func run(_ command: String...) throws -> (status: Int32, output: String) {
        // A file and no pipe: another process that is started at the same moment could keep a pipe open.
        let output = "/tmp/relink-output.\(getpid()).\(number.add(1, ordering: .relaxed).newValue)"
        defer { unlink(output) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        let arguments = (["env"] + command).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var id = pid_t()
        let code = posix_spawn(&id, "/usr/bin/env", &actions, nil, arguments, environ)
        guard code == 0 else { throw NotStarted(program: command[0], code: code) }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return (status, try String(contentsOfFile: output, encoding: .utf8))
    }

    private static let number = Atomic(0)
}

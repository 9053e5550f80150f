import Domain

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Where access tokens go: a file that only its owner can read, or what a command reads; never a screen or a log.
enum TokenDestination {
    case file(AtomicFile)
    case command(ChildProcess, pipe: CInt)

    /// Starts a command that reads the tokens.
    ///
    /// - Throws: `CommandFailure` 74 where it cannot be started.
    init(command: String) throws {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw FileWriting.failure("--command") }
        defer { close(ends[0]) }
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        // A command that ends before it has read everything is told of by its exit code.
        signal(SIGPIPE, SIG_IGN)
        do {
            let child = try ChildProcess(shell: command, environment: Surroundings.environment, input: ends[0])
            self = .command(child, pipe: ends[1])
        } catch {
            close(ends[1])
            throw CommandFailure(.cannotWrite, "--command: \(error)")
        }
    }

    func write(_ bytes: [UInt8]) throws {
        switch self {
        case .file(let file): try file.write(bytes)
        case .command(_, let pipe): try FileWriting.write(bytes, to: pipe, name: "--command")
        }
    }

    /// Makes sure that they have arrived.
    ///
    /// - Throws: `CommandFailure` 74 where they have not.
    func complete(within limit: Duration) async throws {
        switch self {
        case .file(let file): try file.complete()
        case .command(let child, let pipe):
            close(pipe)
            guard let why = await child.ending(within: limit).failure else { return }
            throw CommandFailure(.cannotWrite, "--command: \(why) No token counts as given out.")
        }
    }

    /// Ends a command that gets no more, once writing has failed.
    func abandon() async {
        guard case .command(let child, let pipe) = self else { return }
        close(pipe)
        _ = await child.ending(within: .seconds(5))
    }
}

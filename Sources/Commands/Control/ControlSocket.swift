import Ledger

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The socket beside a ledger by which a run is steered; only the ledger's owner can open it.
struct ControlSocket: Sendable {
    /// Longer paths do not fit into a socket's address.
    private static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// Where it is.
    let path: String
    /// Whether others can put files beside it.
    private let isAmongOthers: Bool

    /// The socket of a ledger; that of one on a server is in the folder of this user's running programs.
    init(ledger: LedgerPlace) {
        path = ledger.neighbour(".control", in: Surroundings.runtimeFolder)
        isAmongOthers = ledger.filePath == nil
    }

    /// Binds the socket, in the place of what a dead run has left.
    ///
    /// - Throws: `CommandFailure` 73, also where another worker on the same ledger listens.
    func bind() throws -> Int32 {
        // Who has a file's lock has it alone.
        if isAmongOthers, let other = try? connect() {
            close(other)
            throw CommandFailure(.cannotCreate, "another worker of this ledger on this machine is steered there.")
        }
        unlink(path)
        let descriptor = try make()
        // The mode of the file is the mode of the socket, from its first instant on.
        guard fchmod(descriptor, 0o600) == 0, try withAddress({ systemBind(descriptor, $0, $1) }) == 0 else {
            let why = SystemFault.now
            close(descriptor)
            throw CommandFailure(.cannotCreate, "\(path) cannot be made: \(why).")
        }
        return descriptor
    }

    /// Connects to a run.
    ///
    /// - Throws: `CommandFailure` 66 where no run listens.
    func connect() throws -> Int32 {
        var file = stat()
        if isAmongOthers, lstat(path, &file) == 0, file.st_uid != geteuid() {
            throw CommandFailure(.noInput, "\(path) is another user's: no order is given there.")
        }
        let descriptor = try make()
        guard try withAddress({ systemConnect(descriptor, $0, $1) }) == 0 else {
            let code = errno
            let why = SystemFault.now
            close(descriptor)
            let isNobody = code == ENOENT || code == ECONNREFUSED
            throw CommandFailure(
                .noInput,
                isNobody ? "No run can be steered at \(path): is one going on?" : "\(path) cannot be opened: \(why)."
            )
        }
        return descriptor
    }

    /// Takes the file away.
    func remove() {
        unlink(path)
    }

    private func make() throws -> Int32 {
        let descriptor = socket(AF_UNIX, Self.stream, 0)
        guard descriptor >= 0 else { throw CommandFailure(.cannotCreate, "No socket can be made: \(SystemFault.now).") }
        return descriptor
    }

    private func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) throws -> Int32 {
        guard path.utf8.count > Self.longestPath else { return Self.withAddress(path, body) }
        // The folder as an open file has a short name.
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        let folder = open(String(path[..<slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return -1 }
        defer { close(folder) }
        return Self.withAddress("/proc/self/fd/\(folder)" + path[slash...], body)
    }

    private static func withAddress(
        _ path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count <= longestPath else {
            errno = ENAMETOOLONG
            return -1
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    #else
    private static let stream = SOCK_STREAM | SOCK_CLOEXEC
    #endif
}

/// The system's functions, whose names the type's own ones hide.
private let systemBind = bind
private let systemConnect = connect

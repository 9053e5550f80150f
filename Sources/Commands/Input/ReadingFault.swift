import Ledger

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Why a file cannot be read, with what to do about it where that is known.
enum ReadingFault {
    /// What the last call of the system says.
    static var now: String { sentence(errno) }

    /// What an error number says where something was to be read.
    static func sentence(_ code: Int32) -> String {
        let words = String(cString: strerror(code))
        return switch code {
        case EACCES, EPERM: "\(words); let this user read the file and search its folders, or name another"
        // What is said about room and writable files is for files that are written.
        case ENOSPC, EDQUOT, EROFS: words
        default: SystemFault.sentence(code)
        }
    }

    /// Why a file cannot be opened for reading; nothing where it can.
    static func opening(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return now }
        close(descriptor)
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR ? sentence(EISDIR) : nil
    }
}

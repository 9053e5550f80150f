#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The system's errors in words, with what to do about them.
package enum SystemFault {
    /// What the last call of the system says.
    package static var now: String { sentence(errno) }

    /// What an error number says, and what to do about it where that is known.
    package static func sentence(_ code: Int32) -> String {
        let words = String(cString: strerror(code))
        return switch code {
        case ENOSPC, EDQUOT: "\(words); make room there, then run the same command again"
        case EROFS, EACCES, EPERM: "\(words); make file and folder writable for this user, or name another"
        case EMFILE, ENFILE: "\(words); raise the limit (ulimit -n) or lower --concurrency"
        case EIO: "\(words); look at the disk (dmesg)"
        default: words
        }
    }

    /// The system's own words with what to do about them.
    static func advised(_ words: String) -> String {
        let code = [ENOSPC, EDQUOT, EROFS, EACCES, EPERM, EMFILE, ENFILE, EIO].first {
            String(cString: strerror($0)) == words
        }
        return code.map(sentence) ?? words
    }

    /// Why SQLite could not open a file: it does not say that descriptors are exhausted.
    static func opening(_ message: String?) -> String {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return now }
        close(descriptor)
        return message ?? "it cannot be opened"
    }
}

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The doctor's look at the folder of the ledger: that it can be written, and how much room there is.
struct DiskChecks {
    /// Less is a warning: a million linked rows with two calls each take two thirds of it.
    private static let roomy: UInt64 = 1 << 30
    /// Less is a fault: a run would end in the middle.
    private static let least: UInt64 = 32 << 20

    let ledger: String

    /// What there is to say of the folder.
    func perform() -> [Finding] {
        let folder = ledger.lastIndex(of: "/").map { String(ledger[..<$0]) } ?? ""
        let place = folder.isEmpty ? "/" : folder
        guard access(place, W_OK | X_OK) == 0 else {
            let why = String(cString: strerror(errno))
            return [.fault("disk", .cannotWrite, "\(place) cannot be written: \(why).")]
        }
        var status = statvfs()
        guard statvfs(place, &status) == 0 else { return [] }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        let words = "\(free >> 20) MiB are free in \(place)"
        if free < Self.least { return [.fault("disk", .cannotWrite, words + ".", advice: "Make room there.")] }
        return free < Self.roomy ? [.warning("disk", words, advice: "Make room there.")] : [.fine("disk", words)]
    }
}

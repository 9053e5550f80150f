import Domain
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The one place that asks the machine for its clock, environment, folder and randomness.
enum Surroundings {
    /// The process's environment.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The command line without the program's name.
    static var arguments: [String] { Array(CommandLine.arguments.dropFirst()) }

    /// The working directory.
    static var workingFolder: String { FileManager.default.currentDirectoryPath }

    /// Where a user's running programs have their sockets.
    static var runtimeFolder: String {
        environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    }

    /// This machine's clock.
    static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Seconds since midnight, by the time zone of this machine or of `TZ`.
    static func secondOfDay() -> Int {
        var time = time(nil)
        var parts = tm()
        localtime_r(&time, &parts)
        return Int(parts.tm_hour) * 3_600 + Int(parts.tm_min) * 60 + Int(parts.tm_sec)
    }

    /// A number from 0 to 1.
    static func random() -> Double { Double.random(in: 0..<1) }

    /// Who this process is, for whoever finds the ledger locked.
    static func holder(at now: Timestamp) -> String {
        "relink, process \(getpid()) on \(ProcessInfo.processInfo.hostName), started \(now)"
    }

    /// A name for a run that sorts by time.
    static func makeRunID(at now: Timestamp) -> String {
        let stamp = now.description.prefix(19).filter { $0 != "-" && $0 != ":" }
        let suffix = String(UInt16.random(in: 0...UInt16.max), radix: 16)
        return "\(stamp)Z-" + String(repeating: "0", count: 4 - suffix.count) + suffix
    }
}

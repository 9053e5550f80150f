import Foundation
import Testing

/// The library that makes the program die or fail where it is told to; `FaultShim.h` has the notation.
enum Shim {
    private static let library = Tool.executable.deletingLastPathComponent().appendingPathComponent("libFaultShim.so")

    /// The variables that put the library before the program.
    static func environment(fault: String? = nil, record: String? = nil, log: String? = nil) throws -> [String: String]
    {
        guard fault != nil || record != nil else { return [:] }
        try #require(FileManager.default.fileExists(atPath: library.path), "\(library.path) has not been built")
        var environment = ["LD_PRELOAD": library.path]
        environment["RELINK_FAULT"] = fault
        environment["RELINK_RECORD"] = record
        environment["RELINK_FAULT_LOG"] = log
        return environment
    }
}

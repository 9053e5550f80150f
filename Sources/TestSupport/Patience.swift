#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// How much more time than usual tests give to what takes real time.
package enum Patience {
    /// `RELINK_TEST_PATIENCE` where it is set, for a program that a sanitizer slows down; else 1.
    package static let factor =
        ProcessInfo.processInfo.environment["RELINK_TEST_PATIENCE"].flatMap { Int($0) } ?? 1
}

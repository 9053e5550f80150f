import Foundation

/// How much the crash tests do: a short form with every test run, the full one by `scripts/crash`.
enum CrashSizes {
    /// Random kills.
    static let kills = number("RELINK_CRASH_KILLS") ?? 16
    /// Kills at each point, each with a seed of its own.
    static let seeds = number("RELINK_CRASH_SEEDS") ?? 1
    /// Images of a disk after a power cut.
    static let images = number("RELINK_CRASH_IMAGES") ?? 50
    /// How many programs are at work at a time in one suite; most of them wait.
    static let lanes = number("RELINK_CRASH_LANES") ?? (isFull ? 6 : 12)
    /// How long a suite may take, in minutes.
    static let minutes = isFull ? 240 : 5

    /// Whether somebody asked for more than the short form.
    static var isFull: Bool { number("RELINK_CRASH_KILLS") != nil }

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }
}

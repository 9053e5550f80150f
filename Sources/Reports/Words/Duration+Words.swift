import Domain

extension Duration {
    /// A duration of whole seconds for a person, as `30 s`, `5 min` or `2 h`.
    var inWholeUnits: String {
        let seconds = wholeMilliseconds / 1_000
        if seconds > 0, seconds.isMultiple(of: 3_600) { return "\(seconds / 3_600) h" }
        return seconds > 0 && seconds.isMultiple(of: 60) ? "\(seconds / 60) min" : "\(seconds) s"
    }

    /// The duration in its greatest units alone, as `45s`, `12m`, `1h57m` or `41h`.
    var inBrief: String {
        let seconds = Swift.max(0, wholeMilliseconds) / 1_000
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3_600 { return "\(seconds / 60)m" }
        return seconds < 36_000 ? "\(seconds / 3_600)h\(seconds / 60 % 60)m" : "\(seconds / 3_600)h"
    }

    /// The duration for a person, as `0.8 s`, `4 min 5 s` or `1 h 58 min 3 s`; a negative one is `0.0 s`.
    var inWords: String {
        let milliseconds = Swift.max(0, wholeMilliseconds)
        guard milliseconds >= 60_000 else { return "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) s" }
        let seconds = milliseconds / 1_000
        let hours = seconds / 3_600
        return (hours > 0 ? "\(hours) h " : "") + "\(seconds / 60 % 60) min \(seconds % 60) s"
    }
}

import Simulator

/// One thing measured, beside the bar it is held to.
struct Finding: Sendable {
    /// What a measured number has to be.
    enum Bar: Sendable {
        case atLeast(Double)
        case atMost(Double)
        case exactly(Double)
        /// The number is shown and not judged.
        case open
    }

    var api: API?
    /// The limit in force, as a person would write it.
    var limit: String
    /// What was measured.
    var quantity: String
    /// The number; nil where what was waited for never came.
    var value: Double?
    var unit = ""
    var bar: Bar

    /// Whether the bar is met; nil where there is none.
    var isMet: Bool? {
        if case .open = bar { return nil }
        guard let value else { return false }
        switch bar {
        case .atLeast(let bound): return value >= bound
        case .atMost(let bound): return value <= bound
        case .exactly(let wanted): return value == wanted
        case .open: return nil
        }
    }
}

extension Finding {
    /// The cells of its line: API, limit, measured, bar, verdict.
    var cells: [String] {
        let measured = value.map { Self.text($0) + unit } ?? "never"
        let verdict = isMet.map { $0 ? "pass" : "**FAIL**" } ?? ""
        return [api?.rawValue ?? "", limit, "\(quantity): \(measured)", barText, verdict]
    }

    private var barText: String {
        switch bar {
        case .atLeast(let bound): "at least \(Self.text(bound))\(unit)"
        case .atMost(let bound): "at most \(Self.text(bound))\(unit)"
        case .exactly(let wanted): "\(Self.text(wanted))\(unit)"
        case .open: ""
        }
    }

    /// One decimal, where it says anything.
    private static func text(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}

import Domain

/// A run's progress for a person: three lines for a terminal, or one for a log.
package struct ProgressText: Sendable {
    private let now: RunProgress
    private let estimate: ProgressEstimate

    /// Makes the text of how far a run is, which was `before` so far some time ago.
    package init(_ now: RunProgress, since before: RunProgress) {
        self.now = now
        estimate = ProgressEstimate(now, since: before)
    }

    /// Three lines, none wider than `width`.
    ///
    /// - Parameters:
    ///   - width: Columns of the terminal.
    ///   - isPlain: Whether only characters of ASCII may be used.
    /// - Returns: The lines, each without a line break.
    package func lines(width: Int, isPlain: Bool) -> [String] {
        let states = self.states.joined(separator: isPlain ? ", " : " · ")
        return [head(width, isPlain), gates.joined(separator: "   "), states.isEmpty ? "no outcome yet" : states]
            .map { String((" " + $0).prefix(max(1, width))) }
    }

    /// Whether calls are kept from leaving by something else than the rates.
    package var isWaiting: Bool {
        now.gates.values.contains { gate in
            switch gate.limit {
            case .hold, .outage, .paused: true
            case .nothing, .rate, .concurrency: false
            }
        }
    }

    /// All in one line.
    package var line: String {
        ([share, left].compactMap(\.self) + [states.joined(separator: ", ")] + gates).filter { !$0.isEmpty }
            .joined(separator: "; ")
    }

    /// What a program that reads logs gets: names and values.
    package var fields: [(name: String, value: String)] {
        var fields: [(String, String)] = [("rows", "\(now.done)")]
        if let total = now.total { fields.append(("total", "\(total)")) }
        if let left = estimate.left { fields.append(("eta_seconds", "\(left.wholeMilliseconds / 1_000)")) }
        fields.append(("reason", estimate.reason))
        for api in API.allCases {
            fields.append(("\(api.rawValue)_calls", "\(now.calls[api]?.sent ?? 0)"))
            fields.append(("\(api.rawValue)_rate_limited", "\(now.calls[api]?.rateLimited ?? 0)"))
            fields.append(("\(api.rawValue)_in_flight", "\(now.gates[api]?.inFlight ?? 0)"))
        }
        return fields + RowState.allCases.compactMap { state in now.outcomes[state].map { (state.rawValue, "\($0)") } }
    }

    private func head(_ width: Int, _ isPlain: Bool) -> String {
        let texts = [share, left].compactMap(\.self)
        guard let part else { return texts.joined(separator: "  ") }
        let used = texts.reduce(0) { $0 + $1.count + 2 } + 3
        let bar = ProgressBar(part, width: min(30, width - used), isPlain: isPlain).text
        return ([share] + [bar].filter { !$0.isEmpty } + [left].compactMap(\.self)).joined(separator: "  ")
    }

    private var part: Double? {
        now.total.map { $0 > 0 ? min(1, Double(now.done) / Double($0)) : 1 }
    }

    private var share: String {
        guard let total = now.total, let part else { return now.done.counted("row") }
        let about = now.isTotalExact ? "" : "about "
        return "\(now.done.grouped) / \(about)\(total.grouped) rows  \((part * 100).oneDecimal)%"
    }

    private var left: String? {
        guard now.remaining != 0 else { return "settling what is in doubt" }
        guard let left = estimate.left else { return "(\(estimate.reason))" }
        return "ETA \(left.inWords) (\(estimate.reason))"
    }

    private var gates: [String] {
        API.allCases.compactMap { api in now.gates[api].map { text(api, $0) } }
    }

    private func text(_ api: API, _ gate: RunProgress.Gate) -> String {
        let share =
            gate.ceiling.isFinite && gate.ceiling > 0
            ? " (\(Int((gate.servedPerSecond / gate.ceiling * 100).rounded()))%)" : ""
        return "\(api.rawValue) \(gate.servedPerSecond.oneDecimal)/s\(share)  in flight \(gate.inFlight)  "
            + "429 \((now.calls[api]?.rateLimited ?? 0).grouped)"
    }

    /// The states that every run may bring, and others where there are any.
    private var states: [String] {
        RowState.allCases.compactMap { state in
            let count = now.outcomes[state, default: 0]
            guard count > 0 || [.linked, .needsUser, .rejected, .inDoubt].contains(state) else { return nil }
            let recovered = state == .linked && now.recovered > 0 ? " (\(now.recovered.grouped) found by listing)" : ""
            return "\(state.rawValue.split(separator: "_").joined(separator: " ")) \(count.grouped)\(recovered)"
        }
    }
}

package import Domain

/// A run's progress for a person: three lines for a terminal, or one for a log.
package struct ProgressText: Sendable {
    private let now: RunProgress
    private let estimate: ProgressEstimate
    private let end: ProgressEnd

    /// Makes the text of how far a run is, which was `before` so far some time ago.
    package init(_ now: RunProgress, since before: RunProgress) {
        self.now = now
        estimate = ProgressEstimate(now, since: before)
        end = ProgressEnd(now, estimate)
    }

    /// Three lines, none wider than `width`; where it is too narrow for all, the rows and the ETA are what stays.
    ///
    /// - Parameters:
    ///   - width: Columns of the terminal.
    ///   - isPlain: Whether only characters of ASCII may be used.
    /// - Returns: The lines, each without a line break.
    package func lines(width: Int, isPlain: Bool) -> [String] {
        let room = width - 1
        let lines = [
            head(room, isPlain),
            Self.fitting(room, [gates.joined(separator: "   "), rates.joined(separator: "  ")]),
            states(room, isPlain ? ", " : " · "),
        ]
        return lines.map { String((" " + $0).prefix(max(1, width))) }
    }

    /// Whether calls are kept from leaving by something else than the rates.
    package var isWaiting: Bool { now.isWaiting }

    /// All in one line.
    package var line: String {
        ([share, end.text, states(found: true).joined(separator: ", ")] + gates).filter { !$0.isEmpty }
            .joined(separator: "; ")
    }

    /// What a program that reads logs gets: names and values; what cannot be told is left out.
    package var fields: [(name: String, value: String)] {
        figures.compactMap { name, value in
            switch value {
            case .null: nil
            case .string(let text): (name, text)
            default: (name, value.text)
            }
        }
    }

    /// One document, as `relink control status --json` prints it: numbers are numbers, and every key is there.
    package func json(runID: String, at: Timestamp) -> String {
        let head: [(String, JSONValue)] = [
            ("time", JSONValue(at)), ("level", .string("notice")), ("event", .string("status")),
            ("message", .string(line)), ("run_id", .string(runID)),
        ]
        return JSONValue.object(head + figures).text
    }

    private var figures: [(String, JSONValue)] {
        var figures: [(String, JSONValue)] = [
            ("rows", .number(now.done)), ("total", JSONValue(now.goal?.rows)), ("phase", .string(end.phase.rawValue)),
            ("eta_seconds", JSONValue(end.left.map { Int($0.wholeMilliseconds / 1_000) })),
            ("reason", .string(estimate.reason)),
            ("owners_in_doubt", .number(now.doubts?.owners ?? 0)), ("owners_asked", .number(now.doubts?.asked ?? 0)),
        ]
        for api in API.allCases {
            figures.append(("\(api.rawValue)_calls", .number(now.calls[api]?.sent ?? 0)))
            figures.append(("\(api.rawValue)_rate_limited", .number(now.calls[api]?.rateLimited ?? 0)))
            figures.append(("\(api.rawValue)_in_flight", .number(now.gates[api]?.inFlight ?? 0)))
        }
        return figures + RowState.allCases.map { ($0.rawValue, .number(now.outcomes[$0, default: 0])) }
    }

    private func head(_ room: Int, _ isPlain: Bool) -> String {
        if let part {
            let used = share.count + end.text.count + 6
            let bar = ProgressBar(part, width: min(30, room - used), isPlain: isPlain).text
            if !bar.isEmpty { return [share, bar, end.text].joined(separator: "  ") }
        }
        let rows = now.done.grouped
        let texts = [
            [share, end.text], [share, end.short], [of, percent, end.brief], [rows, percent, end.brief],
            [rows, end.brief],
        ]
        return Self.fitting(room, texts.map { $0.filter { !$0.isEmpty }.joined(separator: "  ") } + [rows])
    }

    /// The first text that has room, or the last.
    private static func fitting(_ room: Int, _ texts: [String]) -> String {
        texts.first { $0.count <= room } ?? texts.last ?? ""
    }

    private var part: Double? {
        now.goal.map { $0.rows > 0 ? min(1, Double(now.done) / Double($0.rows)) : 1 }
    }

    private var percent: String { part.map { ($0 * 100).oneDecimal + "%" } ?? "" }

    private var of: String {
        guard let goal = now.goal else { return now.done.grouped }
        return "\(now.done.grouped) / \(goal.isExact ? "" : "about ")\(goal.rows.grouped)"
    }

    private var share: String {
        now.goal == nil ? now.done.counted("row") : "\(of) rows  \(percent)"
    }

    private var gates: [String] {
        API.allCases.compactMap { api in now.gates[api].map { text(api, $0) } }
    }

    private var rates: [String] {
        API.allCases.compactMap { api in now.gates[api].map { "\(api.rawValue) \($0.servedPerSecond.oneDecimal)/s" } }
    }

    private func text(_ api: API, _ gate: RunProgress.Gate) -> String {
        let share =
            gate.ceiling.isFinite && gate.ceiling > 0
            ? " (\(Int((gate.servedPerSecond / gate.ceiling * 100).rounded()))%)" : ""
        return "\(api.rawValue) \(gate.servedPerSecond.oneDecimal)/s\(share)  in flight \(gate.inFlight)  "
            + "429 \((now.calls[api]?.rateLimited ?? 0).grouped)"
    }

    /// As many states as there is room for, each whole.
    private func states(_ room: Int, _ separator: String) -> String {
        if states(found: true).isEmpty { return "no outcome yet" }
        let whole = states(found: true).joined(separator: separator)
        if whole.count <= room { return whole }
        return states(found: false).reduce("") { text, state in
            let longer = text.isEmpty ? state : text + separator + state
            return longer.count <= room || text.isEmpty ? longer : text
        }
    }

    /// The states that every run may bring, and others where there are any; `found` says how many listing found.
    private func states(found: Bool) -> [String] {
        RowState.allCases.compactMap { state in
            let count = now.outcomes[state, default: 0]
            guard count > 0 || [.linked, .needsUser, .rejected, .inDoubt].contains(state) else { return nil }
            let recovered =
                found && state == .linked && now.recovered > 0 ? " (\(now.recovered.grouped) found by listing)" : ""
            return "\(state.rawValue.split(separator: "_").joined(separator: " ")) \(count.grouped)\(recovered)"
        }
    }
}

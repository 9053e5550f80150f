/// When a run will end, or what keeps that from being told, in as many words as there is room for.
struct ProgressEnd: Sendable {
    /// What the run is at, by names that programs can rely on.
    enum Phase: String, Sendable {
        /// Bond is asked about the rows in doubt.
        case settling
        case running
        /// All rows are done.
        case finishing
        /// Nothing new starts.
        case stopping
    }

    let phase: Phase
    /// The time that is left; nothing where it cannot be told.
    let left: Duration?
    private let reason: String
    private let doubts: RunProgress.DoubtRound?
    private let isWaiting: Bool

    init(_ now: RunProgress, _ estimate: ProgressEstimate) {
        (doubts, isWaiting, reason) = (now.doubts, now.isWaiting, estimate.reason)
        if now.doubts != nil {
            phase = .settling
        } else if now.isStopping {
            phase = .stopping
        } else {
            phase = now.remaining == 0 ? .finishing : .running
        }
        left = phase == .running ? estimate.left : nil
    }

    /// All of it, with the reason.
    var text: String {
        guard phase == .running else { return words + (isWaiting ? " (\(reason))" : "") }
        return left.map { "ETA \($0.inWords) (\(reason))" } ?? "(\(reason))"
    }

    /// Without the reason where there is more to say.
    var short: String {
        guard phase == .running else { return words }
        return left.map { "ETA \($0.inWords)" } ?? "(\(reason))"
    }

    /// A few characters.
    var brief: String {
        guard phase == .running else { return phase.rawValue }
        return left.map { "ETA \($0.inBrief)" } ?? ""
    }

    private var words: String {
        switch phase {
        case .settling:
            "settling what is in doubt, \(doubts?.asked.grouped ?? "0") of \((doubts?.owners ?? 0).counted("owner")) asked"
        case .stopping: "stopping, calls in flight finish"
        case .running, .finishing: phase.rawValue
        }
    }
}

extension RunProgress {
    /// Whether calls are kept from leaving by something else than the rates.
    var isWaiting: Bool {
        gates.values.contains { gate in
            switch gate.limit {
            case .hold, .outage, .paused: true
            case .nothing, .rate, .concurrency: false
            }
        }
    }
}

/// Settles doubts by what Bond lists; a pure function of what is known.
package struct Reconciliation: Sendable {
    /// How long Bond is given to show a link.
    package let settle: Duration
    /// Whether an empty list is evidence in this run.
    package let absenceIsEvidence: Bool
    /// This machine's clock when the list was asked for: what happened later cannot be absent from it.
    package let listedAt: Timestamp
    /// Bond's clock minus this machine's, from the list's own answer.
    package let clockOffset: Duration?

    package init(settle: Duration, absenceIsEvidence: Bool, listedAt: Timestamp, clockOffset: Duration?) {
        self.settle = settle
        self.absenceIsEvidence = absenceIsEvidence
        self.listedAt = listedAt
        self.clockOffset = clockOffset
    }

    /// What one doubt comes to.
    package enum Verdict: Sendable, Equatable {
        /// This is the link the POST made.
        case linked(BondAccount)
        /// The POST made none.
        case absent
        /// Too early to say; the list is worth asking again at this time.
        case unsettled(until: Timestamp)
        /// Only a person can say, for this reason.
        case review(Failure)
    }

    /// The verdicts on one owner's doubts.
    ///
    /// - Parameters:
    ///   - doubts: All doubts of the owner.
    ///   - listed: All the owner's accounts at Bond.
    ///   - owned: The listed ids that other rows of the ledger own.
    /// - Returns: A verdict for each doubt's row.
    package func verdicts(on doubts: [Doubt], listed: [BondAccount], owned: Set<String>) -> [Link.ID: Verdict] {
        let free = listed.filter { !$0.isRemoved && !owned.contains($0.linkedAccountID) }
        var claims: [String: Int] = [:]
        for doubt in doubts {
            for candidate in candidates(for: doubt, among: free) ?? [] {
                claims[candidate.linkedAccountID, default: 0] += 1
            }
        }
        return Dictionary(
            uniqueKeysWithValues: doubts.map { doubt in
                (doubt.link, verdict(on: doubt, free: free, claims: claims))
            }
        )
    }

    private func verdict(on doubt: Doubt, free: [BondAccount], claims: [String: Int]) -> Verdict {
        guard let candidates = candidates(for: doubt, among: free) else {
            return review("unreadable_date", "Bond lists a link whose date cannot be read", free)
        }
        switch candidates.count {
        case 1 where claims[candidates[0].linkedAccountID] == 1: return .linked(candidates[0])
        case 1...: return review("several_candidates", "several links or rows fit", candidates)
        default: return absence(of: doubt, free: free)
        }
    }

    private func absence(of doubt: Doubt, free: [BondAccount]) -> Verdict {
        if doubt.cause == .duplicate {
            return review(
                "duplicate_account",
                "Bond has said that it has this account, or a verdict on it was taken back",
                free
            )
        }
        let late = late(for: doubt, among: free)
        guard late.isEmpty else {
            return review("late_link", "a link without a row was made after the call should have ended", late)
        }
        let early = early(for: doubt, among: free)
        guard early.isEmpty else {
            return review("clock_moved", "this machine's clock may have been set since, and a link is older", early)
        }
        guard isSettled(doubt) else { return .unsettled(until: doubt.settledAt(settle: settle)) }
        guard absenceIsEvidence else {
            return review("listing_unproven", "Bond's list does not show it, and has not been seen to show links", free)
        }
        return .absent
    }

    /// Whether the settle time has passed: on Bond's clock where this machine's has been set.
    private func isSettled(_ doubt: Doubt) -> Bool {
        // Offsets come from dates cut to the second: a small change of theirs is none of the clocks'.
        guard wasClockSet(since: doubt), let then = doubt.clockOffset, let now = clockOffset else {
            return listedAt >= doubt.settledAt(settle: settle)
        }
        return listedAt + now >= doubt.settledAt(settle: settle) + then
    }

    /// The free links of the day before the window, where this machine's clock has been set since the intent: then one
    /// of them may be ours.
    private func early(for doubt: Doubt, among free: [BondAccount]) -> [BondAccount] {
        guard wasClockSet(since: doubt) else { return [] }
        let window = doubt.window(settle: settle, fallbackOffset: clockOffset)
        let day = window.lowerBound - .seconds(26 * 3_600)..<window.lowerBound
        return free.filter { $0.dateCreated.flatMap(LenientDate.parse).map(day.contains) ?? false }
    }

    /// Whether this machine's clock is seen to have been set: against Bond's, or, where that was not known at the time,
    /// because the intent is still to come.
    private func wasClockSet(since doubt: Doubt) -> Bool {
        guard let then = doubt.clockOffset else { return listedAt < doubt.intentAt }
        guard let now = clockOffset else { return false }
        return max(then - now, now - then) > .seconds(5)
    }

    /// The free links made while the doubt's POST may have acted; nothing where a date cannot be read.
    private func candidates(for doubt: Doubt, among free: [BondAccount]) -> [BondAccount]? {
        let window = doubt.window(settle: settle, fallbackOffset: clockOffset)
        var found: [BondAccount] = []
        for account in free {
            guard let created = account.dateCreated.flatMap(LenientDate.parse) else { return nil }
            if window.contains(created) { found.append(account) }
        }
        return found
    }

    /// The free links made after the window: one of them may be ours, acted on later than anybody should have to expect.
    private func late(for doubt: Doubt, among free: [BondAccount]) -> [BondAccount] {
        let window = doubt.window(settle: settle, fallbackOffset: clockOffset)
        return free.filter { account in
            account.dateCreated.flatMap(LenientDate.parse).map { $0 > window.upperBound } ?? false
        }
    }

    private func review(_ code: String, _ what: String, _ shown: [BondAccount]) -> Verdict {
        let list = shown.prefix(5).map {
            "\($0.linkedAccountID) (\($0.status ?? "no status"), \($0.dateCreated ?? "no date"))"
        }
        let more = shown.count > 5 ? " and \(shown.count - 5) more" : ""
        let seen = shown.isEmpty ? "no link without a row" : list.joined(separator: ", ") + more
        return .review(Failure(source: .bond, code: code, message: "\(what): \(seen)"))
    }
}

import Domain

extension RunSummary.Calls {
    /// How many there were, and what came of them.
    var inWords: String {
        guard sent > 0 else { return "no calls" }
        let parts = [(count: ok, of: "ok"), (count: rateLimited, of: "rate limited"), (count: failed, of: "failed")]
        return sent.counted("call") + ": " + parts.inWords
    }

    /// The same for scripts.
    var json: JSONValue {
        [
            "sent": .number(sent), "ok": .number(ok), "rate_limited": .number(rateLimited), "failed": .number(failed),
        ]
    }
}

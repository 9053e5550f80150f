import Domain

/// A process's line to a simulated API: what both do alike.
protocol SimulatedLine: Sendable {
    var reality: Reality { get }
    var life: Life { get }
    var callTimeout: Duration { get }
}

extension SimulatedLine {
    /// Sends a call and waits for its answer, but not for longer than a call may take.
    ///
    /// A dead process sends nothing more, and hears of nothing.
    func call<Value>(
        _ api: API,
        _ name: String,
        _ slot: AnswerSlot<Value>,
        send: () -> Duration
    ) async -> RemoteCall<Value> {
        let sentAt = reality.clock.now
        do {
            try life.step()
            reality.trace.note("> \(name)")
            // However near the server is, what it does takes place before the answer is here.
            let wait = max(send(), .milliseconds(1))
            reality.judge.callLeaves(api)
            try await life.sleep(min(wait, callTimeout))
            try life.step()
            let answer = wait > callTimeout ? nil : slot.answer
            return returned(answer ?? RemoteAnswer(reply: .lost(why: "time-out")), api, name, sentAt)
        } catch  where life.isDead {
            return RemoteCall(reply: .neverSent(why: "dead"), sentAt: sentAt, latency: .zero)
        } catch {
            return returned(RemoteAnswer(reply: .lost(why: "cancelled")), api, name, sentAt)
        }
    }

    private func returned<Value>(
        _ answer: RemoteAnswer<Value>,
        _ api: API,
        _ name: String,
        _ sentAt: Timestamp
    ) -> RemoteCall<Value> {
        let latency = reality.clock.now.since(sentAt)
        reality.judge.callReturned(api, answer.reply, of: name.hasPrefix("list") ? nil : name)
        reality.trace.note("< \(name): \(answer.short)")
        return RemoteCall(
            reply: answer.reply,
            sentAt: sentAt,
            latency: latency,
            status: answer.status,
            // As the client reckons it: half a second for the cut, nothing from an answer that was long on its way.
            clockOffset: latency >= .seconds(1)
                ? nil : answer.date.map { $0.since(sentAt + latency / 2) + .milliseconds(500) },
            requestID: "request"
        )
    }
}

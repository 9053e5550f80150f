/// What a worker knows of the clock that all workers go by: how far its own is from it, from question and answer.
struct KeeperClock: Sendable {
    private struct Sample: Sendable {
        let offset: Duration
        /// How far the offset may be wrong when it is taken.
        let error: Duration
        let at: Duration

        /// How far it may be wrong by now: clocks part by up to a tenth of a millisecond in a second.
        func error(at now: Duration) -> Duration {
            error + (now - at) / 10_000
        }
    }

    private var best: Sample?

    /// What leads from the worker's clock to the common one.
    var offset: Duration { best?.offset ?? .zero }

    /// Learns from a question that was asked and answered at these times of the worker's clock.
    ///
    /// The quickest answer tells most, for then the halves of the way differ least; one that contradicts it tells that a
    /// clock was set.
    mutating func note(asked: Duration, _ time: KeeperTime, answered: Duration) {
        let way = (answered - asked) - (time.now - time.asked)
        let offset = ((time.asked - asked) + (time.now - answered)) / 2
        let sample = Sample(offset: offset, error: max(.zero, way / 2), at: answered)
        guard let best else {
            self.best = sample
            return
        }
        let known = best.error(at: answered)
        let gap = max(offset, best.offset) - min(offset, best.offset)
        if sample.error <= known || gap > sample.error + known { self.best = sample }
    }
}

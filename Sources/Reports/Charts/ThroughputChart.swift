import Domain

/// Calls to one API over a run's time, in calls a minute, against the rate that the run was given.
struct ThroughputChart: Sendable {
    let api: API
    let time: TimeSlots
    let slots: [CallFigures.Slot]
    /// In calls a minute; nothing where there was no limit, or none is on record.
    let limit: Double?
    /// Whether it is on record which limit there was.
    let isOnRecord: Bool

    /// The picture.
    var markup: Markup {
        let axis = Axis(upTo: max(1, limit ?? 0, rates.max() ?? 0))
        return Plot.picture(summary, Plot.frame(axis) + columns(axis) + refusals + limitLine(axis) + ends)
    }

    /// The picture in words.
    var summary: String {
        let sent = slots.map(\.sent).reduce(0, +)
        guard sent > 0, let peak = rates.indices.max(by: { rates[$0] < rates[$1] }) else {
            return "\(api.name): no calls."
        }
        let mean = Double(sent) / max(1, time.end.since(time.start).inSeconds) * 60
        let refused = slots.map(\.rateLimited).reduce(0, +)
        let parts = [
            "\(api.name): \(sent.counted("call")), \(Axis.label(mean)) a minute on average",
            "at most \(Axis.label(rates[peak])) a minute, from \(time.start(of: peak).clockWithSeconds) on",
            limit.map { "limit \(Axis.label($0)) a minute" } ?? (isOnRecord ? "no limit" : "no limit on record"),
            refused == 0 ? "none refused for its rate" : "\(refused.grouped) refused for their rate",
        ]
        return parts.joined(separator: "; ") + "."
    }

    /// What was sent in each slot, in calls a minute.
    var rates: [Double] {
        slots.indices.map { Double(slots[$0].sent) / time.length(of: $0).inSeconds * 60 }
    }

    private var step: Double { Plot.innerWidth / Double(max(1, slots.count)) }

    private func columns(_ axis: Axis) -> [Markup] {
        zip(slots.indices, rates).compactMap { index, rate in
            guard rate > 0 else { return nil }
            return Plot.column(
                "fill calls",
                x: Plot.left + Double(index) * step,
                width: max(0.5, step - min(1, step / 4)),
                height: max(1, axis.height(of: rate, in: Plot.innerHeight))
            )
        }
    }

    /// Marks under the ground line where calls were refused for their rate.
    private var refusals: [Markup] {
        slots.indices.compactMap { index in
            guard slots[index].rateLimited > 0 else { return nil }
            return Plot.column(
                "fill refused",
                x: Plot.left + Double(index) * step,
                width: max(2, step - min(1, step / 4)),
                height: 6,
                raised: -10
            )
        }
    }

    private func limitLine(_ axis: Axis) -> [Markup] {
        guard let limit else { return [] }
        let y = Plot.bottom - axis.height(of: limit, in: Plot.innerHeight)
        let name = "limit \(Axis.label(limit))"
        return [Plot.line("limit", y: y), Plot.label(name, x: Plot.right, y: y - 4, anchor: "end")]
    }

    private var ends: [Markup] {
        let isShort = time.end.since(time.start) < .seconds(600)
        let clock = { (moment: Timestamp) in isShort ? moment.clockWithSeconds : moment.clock }
        return Plot.ends(clock(time.start), clock(time.end))
    }
}

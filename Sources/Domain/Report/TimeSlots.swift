/// A stretch of time cut into equal slots of a round length, few enough to be drawn.
package struct TimeSlots: Sendable, Equatable {
    /// How many slots there are at most.
    package static let limit = 120

    /// When the first slot begins.
    package let start: Timestamp
    /// When the stretch ends, which may be within the last slot.
    package let end: Timestamp
    /// How long a slot is.
    package let width: Duration

    /// Cuts the stretch into the shortest slots of a round length that keep to the limit.
    package init(from start: Timestamp, to end: Timestamp) {
        let length = max(1, end.milliseconds - start.milliseconds)
        let steps: [Int64] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600]
        let fits = { (seconds: Int64) in length <= seconds * 1_000 * Int64(Self.limit) }
        let hours = (length - 1) / (3_600_000 * Int64(Self.limit)) + 1
        self.start = start
        self.end = Timestamp(milliseconds: start.milliseconds + length)
        width = .seconds(steps.first(where: fits) ?? hours * 3_600)
    }

    /// How many slots there are.
    package var count: Int {
        Int((end.milliseconds - start.milliseconds - 1) / width.wholeMilliseconds) + 1
    }

    /// When a slot begins.
    package func start(of slot: Int) -> Timestamp {
        Timestamp(milliseconds: start.milliseconds + Int64(slot) * width.wholeMilliseconds)
    }

    /// How much of a slot lies within the stretch, at least a second, so that a rate can be made of it.
    package func length(of slot: Int) -> Duration {
        max(.seconds(1), min(width, end.since(start(of: slot))))
    }
}

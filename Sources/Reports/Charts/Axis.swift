/// A vertical axis from zero to a round number.
struct Axis: Sendable, Equatable {
    /// The upper end.
    let top: Double

    /// Makes the axis that has room for `greatest`.
    init(upTo greatest: Double) {
        var power = 1.0
        while power * 10 <= greatest { power *= 10 }
        top = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map { $0 * power }.first { $0 >= greatest } ?? greatest
    }

    /// How high a value stands in a plot of this height.
    func height(of value: Double, in plot: Double) -> Double {
        min(plot, max(0, value / top * plot))
    }

    /// The number at the upper end, short enough for the room beside the plot: `2.5`, `2,500`, `120k`, `1.2M`.
    var label: String {
        switch top {
        case 1_000_000...: Self.label(top / 1_000_000) + "M"
        case 10_000...: Self.label(top / 1_000) + "k"
        default: Self.label(top)
        }
    }

    /// A number for a sentence, with a decimal only where it is small and has one.
    static func label(_ value: Double) -> String {
        value == value.rounded() || value >= 100 ? Int(value.rounded()).grouped : value.oneDecimal
    }
}

/// Times a piece of work and prints what one of it takes.
enum Stopwatch {
    private static let turns = 7

    /// Times `work`, which does a piece `count` times, each time with what was made ready before.
    static func time<Ready>(
        _ piece: String,
        count: Int,
        preparing prepare: () throws -> Ready,
        work: (Ready) async throws -> Void
    ) async rethrows {
        var times: [Double] = []
        for _ in 0..<turns {
            let ready = try prepare()
            let taken = try await ContinuousClock().measure { try await work(ready) }
            times.append(nanoseconds(taken) / Double(count))
        }
        show(piece, times.sorted())
    }

    /// Times `work`, which does a piece `count` times.
    static func time(_ piece: String, count: Int, _ work: () async throws -> Void) async rethrows {
        var times: [Double] = []
        for _ in 0..<turns {
            let taken = try await ContinuousClock().measure { try await work() }
            times.append(nanoseconds(taken) / Double(count))
        }
        show(piece, times.sorted())
    }

    /// Times `work`, which does a piece `count` times and suspends nowhere.
    static func time(_ piece: String, count: Int, _ work: () throws -> Void) rethrows {
        var times: [Double] = []
        for _ in 0..<turns {
            let taken = try ContinuousClock().measure { try work() }
            times.append(nanoseconds(taken) / Double(count))
        }
        show(piece, times.sorted())
    }

    private static func nanoseconds(_ duration: Duration) -> Double {
        duration / .nanoseconds(1)
    }

    private static func show(_ piece: String, _ sorted: [Double]) {
        let median = sorted[turns / 2]
        let spread = (sorted[turns - 2] - sorted[1]) / median
        print(
            piece.padded(to: 44) + tenths(median).padded(to: 12, left: true)
                + "\(Int((spread * 100).rounded())) %".padded(to: 10, left: true)
        )
    }

    private static func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    /// The text with blanks after it, or before it, up to a width.
    func padded(to width: Int, left: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - count))
        return left ? blanks + self : self + blanks
    }
}

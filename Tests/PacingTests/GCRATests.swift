import Pacing
import TestSupport
import Testing

@Suite struct GCRATests {
    private static let rates = [
        "1/min", "2/min", "12/min", "50/min", "100/min", "400/min", "600/min", "1000/min", "1/s", "10/s", "20/s",
        "50/s", "100/s", "500/s", "1000/s", "3000/s",
    ]

    /// A sender that waits as the pacer says, wakes up to `lateness` late, and may dawdle before the next call.
    private struct Sender {
        var pacer: GCRA
        let lateness: Duration
        let dawdle: Duration
        var now: Duration = .seconds(3)
        var random: SeededGenerator

        mutating func send(_ count: Int) -> [Duration] {
            (0..<count).map { _ in
                if random.chance(oneIn: 20) { now += dawdle * random.unit() }
                while pacer.delay(at: now) > .zero {
                    now += pacer.delay(at: now) + lateness * random.unit()
                }
                pacer.pay(at: now)
                return now
            }
        }
    }

    /// The shortest time in which `count` calls and one more were sent.
    private static func tightest(_ sends: [Duration], _ count: Int) -> Duration? {
        zip(sends, sends.dropFirst(count)).map { $1 - $0 }.min()
    }

    @Test(arguments: rates, [0, 15, 60_000])
    func noMinuteHoldsMoreThanItsShare(text: String, dawdleMilliseconds: Int) throws {
        let rate = try #require(Rate(text))
        let random = SeededGenerator(stream: UInt64(dawdleMilliseconds) + 1)
        var sender = Sender(
            pacer: GCRA(rate: rate),
            lateness: .milliseconds(15),
            dawdle: .milliseconds(dawdleMilliseconds),
            random: random
        )
        let inMinute = Int((rate.callsPerSecond * 60).rounded())
        let sends = sender.send(min(3 * inMinute + 20, 400_000))
        let minute = try #require(Self.tightest(sends, inMinute), "\(random)")
        #expect(minute >= .seconds(60), "\(random)")
        // A rate by the minute is for a limit by the minute: a second may see what late timers owe.
        guard text.hasSuffix("/s") else { return }
        let second = try #require(Self.tightest(sends, Int(rate.callsPerSecond.rounded(.up))), "\(random)")
        #expect(second >= .seconds(1), "\(random)")
    }

    @Test(arguments: rates)
    func noMinuteHoldsMoreThanItsShareWhenCallsLeaveLate(text: String) throws {
        let rate = try #require(Rate(text))
        var random = SeededGenerator(stream: 77)
        let seed = "\(random)"
        var pacer = GCRA(rate: rate)
        var now = Duration.zero
        var writing: [Duration] = []
        var sends: [Duration] = []
        let inMinute = Int((rate.callsPerSecond * 60).rounded())
        for _ in 0..<min(3 * inMinute + 20, 20_000) {
            now += pacer.delay(at: now)
            for sent in writing.filter({ $0 <= now }).sorted() { pacer.noteSent(at: sent) }
            writing.removeAll { $0 <= now }
            now += pacer.delay(at: now)
            pacer.pay(at: now)
            // Calls whose notes are written together leave together.
            let together = Duration.milliseconds(500) * (now / .milliseconds(500)).rounded(.up)
            let sent = random.chance(oneIn: 2) ? together : now
            writing.append(sent)
            sends.append(sent)
        }
        guard inMinute >= 50, let minute = Self.tightest(sends.sorted(), inMinute) else { return }
        #expect(minute >= .seconds(60), "\(seed)")
    }

    @Test func callThatLeavesLateDelaysTheNext() {
        let interval = Duration.seconds(1 / GCRA.share)
        var pacer = GCRA(callsPerSecond: 1, slack: .milliseconds(10))
        pacer.pay(at: .zero)
        pacer.noteSent(at: .zero)
        #expect(pacer.delay(at: .zero) == interval)
        pacer.noteSent(at: .milliseconds(300))
        #expect(pacer.delay(at: .milliseconds(300)) == interval - .milliseconds(10))
        pacer.noteSent(at: .milliseconds(100))
        #expect(pacer.delay(at: .milliseconds(300)) == interval - .milliseconds(10))
    }

    @Test(arguments: rates, [0, 1, 10])
    func saturatedSenderUsesTheRate(text: String, latenessMilliseconds: Int) throws {
        try Self.expectFullUse(of: text, latenessMilliseconds: latenessMilliseconds)
    }

    @Test(arguments: ["12/min", "400/min", "500/min", "600/min"])
    func lateTimersCostTheUsualRatesNothing(text: String) throws {
        try Self.expectFullUse(of: text, latenessMilliseconds: 15)
    }

    private static func expectFullUse(of text: String, latenessMilliseconds: Int) throws {
        let rate = try #require(Rate(text))
        let random = SeededGenerator(stream: UInt64(latenessMilliseconds) + 1)
        var sender = Sender(
            pacer: GCRA(rate: rate),
            lateness: .milliseconds(latenessMilliseconds),
            dawdle: .zero,
            random: random
        )
        let sends = sender.send(max(500, Int(rate.callsPerSecond * 60)))
        let (first, last) = (try #require(sends.first), try #require(sends.last))
        let used = Double(sends.count - 1) / (last - first).inSeconds / rate.callsPerSecond
        #expect(used >= 0.97, "\(random)")
        #expect(used <= 0.985, "\(random)")
    }

    @Test func callsAreSpacedEvenly() {
        var pacer = GCRA(callsPerSecond: 0.5, slack: .zero)
        let interval = Duration.seconds(1 / (0.5 * GCRA.share))
        #expect(GCRA.share == 0.98)
        #expect(pacer.delay(at: .zero) == .zero)
        pacer.pay(at: .zero)
        #expect(pacer.delay(at: .zero) == interval)
        #expect(pacer.delay(at: .seconds(1)) == interval - .seconds(1))
        #expect(pacer.delay(at: interval) == .zero)
        #expect(pacer.delay(at: .seconds(100)) == .zero)
    }

    @Test func restIsNotSaved() {
        var pacer = GCRA(callsPerSecond: 1, slack: .milliseconds(10))
        let interval = Duration.seconds(1 / GCRA.share)
        pacer.pay(at: .zero)
        pacer.pay(at: .seconds(1_000))
        #expect(pacer.delay(at: .seconds(1_000)) == interval - .milliseconds(10))
        pacer.pay(at: .seconds(1_000) + interval)
        #expect(pacer.delay(at: .seconds(1_000) + interval) == interval - .milliseconds(10))
    }

    @Test func callThatIsPaidEarlyDelaysTheNext() {
        var pacer = GCRA(rate: .perSecond(1))
        let interval = Duration.seconds(1 / GCRA.share)
        for _ in 0..<3 { pacer.pay(at: .seconds(10)) }
        #expect(pacer.delay(at: .seconds(10)) == interval * 3 - .milliseconds(15))
    }

    @Test func unlimitedNeverWaits() {
        var pacer = GCRA(rate: .unlimited)
        for second in 0..<100 {
            for _ in 0..<10 {
                pacer.pay(at: .seconds(second))
                #expect(pacer.delay(at: .seconds(second)) == .zero)
            }
        }
    }
}

extension Duration {
    fileprivate var inSeconds: Double { self / .seconds(1) }
}

import Pacing
import TestSupport
import Testing

@Suite struct HoldTests {
    @Test func holdsNobodyAtFirst() {
        let hold = Hold()
        #expect(hold.delay(at: .zero) == .zero)
    }

    @Test(
        arguments: [
            (10, 0, 10), (10, 1, 11), (10, 0.5, 10.5), (50, 1, 55), (60, 1, 65), (900, 1, 905), (900, 0, 900),
            (0, 1, 0),
        ] as [(Double, Double, Double)]
    )
    func obeysTheServerAndUpToATenthMore(asked: Double, jitter: Double, held: Double) {
        var hold = Hold()
        hold.obey(retryAfter: .seconds(asked), at: .seconds(100), jitter: jitter)
        #expect(hold.delay(at: .seconds(100)) == .seconds(held))
        #expect(hold.delay(at: .seconds(100) + .seconds(held)) == .zero)
        #expect(hold.delay(at: .seconds(99)) == .seconds(held + 1))
    }

    @Test func longerWishStays() {
        var hold = Hold()
        hold.obey(retryAfter: .seconds(60), at: .zero, jitter: 0)
        hold.obey(retryAfter: .seconds(5), at: .seconds(1), jitter: 0)
        #expect(hold.delay(at: .seconds(1)) == .seconds(59))
        hold.backOff(at: .seconds(2), jitter: 1)
        #expect(hold.delay(at: .seconds(2)) == .seconds(58))
        hold.obey(retryAfter: .seconds(100), at: .seconds(3), jitter: 0)
        #expect(hold.delay(at: .seconds(3)) == .seconds(100))
    }

    @Test func waitGrowsFromOneSecondToTwenty() {
        var hold = Hold()
        var now = Duration.zero
        for seconds in [1, 3, 9, 20, 20, 20] {
            hold.backOff(at: now, jitter: 1)
            #expect(hold.delay(at: now) == .seconds(seconds))
            now += hold.delay(at: now)
        }
        hold.calmDown()
        hold.backOff(at: now, jitter: 1)
        #expect(hold.delay(at: now) == .seconds(1))
    }

    @Test func answersDuringAHoldDoNotDoubleIt() {
        var hold = Hold()
        hold.backOff(at: .zero, jitter: 1)
        for milliseconds in [0, 1, 500, 999] { hold.backOff(at: .milliseconds(milliseconds), jitter: 1) }
        #expect(hold.delay(at: .zero) == .seconds(1))
        hold.backOff(at: .seconds(1), jitter: 1)
        #expect(hold.delay(at: .seconds(1)) == .seconds(3))
    }

    @Test func serversWishDoesNotDoubleTheWait() {
        var hold = Hold()
        for second in 0..<5 { hold.obey(retryAfter: .milliseconds(100), at: .seconds(second), jitter: 0) }
        hold.backOff(at: .seconds(10), jitter: 1)
        #expect(hold.delay(at: .seconds(10)) == .seconds(1))
    }

    @Test func halfOfTheWaitIsJittered() {
        var random = SeededGenerator()
        let seed = "\(random)"
        for _ in 0..<500 {
            var hold = Hold()
            var now = Duration.zero
            for bound in [1, 3, 9, 20, 20] {
                let jitter = random.unit()
                hold.backOff(at: now, jitter: jitter)
                #expect(hold.delay(at: now) == .seconds(bound) * (0.5 + 0.5 * jitter), "\(seed)")
                now += hold.delay(at: now) + .milliseconds(1)
            }
        }
    }

    @Test func calmingDownDoesNotCutAHoldShort() {
        var hold = Hold()
        hold.obey(retryAfter: .seconds(30), at: .zero, jitter: 0)
        hold.calmDown()
        #expect(hold.delay(at: .seconds(10)) == .seconds(20))
    }
}

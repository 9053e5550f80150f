import Pacing
import TestSupport
import Testing

@Suite struct BreakerTests {
    @Test func closedAtFirst() {
        #expect(Breaker().isClosed)
        #expect(Breaker().delay(at: .zero) == .zero)
    }

    @Test func fiveFailuresInARowOpenItForFiveSeconds() {
        var breaker = Breaker()
        for second in 0..<4 { breaker.note(.failed, at: .seconds(second)) }
        #expect(breaker.isClosed)
        breaker.note(.failed, at: .seconds(4))
        #expect(!breaker.isClosed)
        #expect(breaker.delay(at: .seconds(4)) == .seconds(5))
        #expect(breaker.delay(at: .seconds(9)) == .zero)
        #expect(!breaker.isClosed, "time alone closes nothing")
    }

    @Test func anAnswerOfBeforeItOpenedDoesNotCloseIt() {
        var breaker = Breaker()
        for _ in 0..<5 { breaker.note(.failed, at: .seconds(4)) }
        breaker.note(.alive, at: .seconds(3))
        #expect(!breaker.isClosed)
        breaker.note(.alive, at: .seconds(4))
        #expect(breaker.isClosed)
    }

    @Test func anAnswerInBetweenStartsTheCountAnew() {
        var breaker = Breaker()
        for _ in 0..<20 {
            for _ in 0..<4 { breaker.note(.failed, at: .zero) }
            for _ in 0..<5 { breaker.note(.alive, at: .zero) }
        }
        #expect(breaker.isClosed)
    }

    @Test func halfOfAHundredOpenIt() {
        var breaker = Breaker()
        for call in 0..<99 { breaker.note(call.isMultiple(of: 2) ? .failed : .alive, at: .zero) }
        #expect(breaker.isClosed)
        breaker.note(.failed, at: .zero)
        #expect(!breaker.isClosed)
    }

    @Test func lessThanHalfOfTheLastHundredDoNot() {
        var breaker = Breaker()
        // Only the last hundred count: the forty-nine failures come round and round.
        for call in 0..<1_000 { breaker.note(call % 100 < 98 && call.isMultiple(of: 2) ? .failed : .alive, at: .zero) }
        #expect(breaker.isClosed)
    }

    @Test func probesThatFailDoubleThePauseUpToThirtySeconds() {
        var breaker = opened()
        var now = Duration.seconds(5)
        for seconds in [10, 20, 30, 30] {
            breaker.note(.failed, at: now)
            #expect(breaker.delay(at: now) == .seconds(seconds))
            now += .seconds(seconds)
        }
    }

    @Test func callsThatWereOutBeforeSayNothingNew() {
        var breaker = opened()
        for milliseconds in [0, 1, 4_999] { breaker.note(.failed, at: .milliseconds(milliseconds)) }
        #expect(breaker.delay(at: .zero) == .seconds(5))
        breaker.note(.failed, at: .seconds(5))
        #expect(breaker.delay(at: .seconds(5)) == .seconds(10))
    }

    @Test func oneAnswerClosesItAndForgetsAll() {
        var breaker = opened()
        breaker.note(.failed, at: .seconds(5))
        breaker.note(.alive, at: .seconds(15))
        #expect(breaker.isClosed)
        for _ in 0..<4 { breaker.note(.failed, at: .seconds(16)) }
        #expect(breaker.isClosed)
        breaker.note(.failed, at: .seconds(16))
        #expect(breaker.delay(at: .seconds(16)) == .seconds(5))
    }

    @Test func falteringWeighsHalf() {
        var breaker = Breaker()
        for _ in 0..<9 { breaker.note(.faltered, at: .zero) }
        #expect(breaker.isClosed)
        breaker.note(.faltered, at: .zero)
        #expect(!breaker.isClosed)
    }

    private func opened() -> Breaker {
        var breaker = Breaker()
        for _ in 0..<5 { breaker.note(.failed, at: .zero) }
        return breaker
    }
}

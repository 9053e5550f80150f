import Pacing
import TestSupport
import Testing

@Suite struct AdaptiveRateTests {
    @Test func beginsAtTheCeilingAndStaysThere() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        serve(&rate, for: 100, from: 0)
        #expect(rate.callsPerSecond == 10)
        #expect(rate.knee == nil)
        #expect(!rate.isTroubled)
    }

    @Test func beginsJustBelowAKneeThatIsUnderTheCeiling() {
        #expect(AdaptiveRate(ceiling: .perSecond(10), knee: 4).callsPerSecond == 3.8)
        #expect(AdaptiveRate(ceiling: .perSecond(10), knee: 12).callsPerSecond == 10)
        #expect(AdaptiveRate(ceiling: .perSecond(10), knee: 12).knee == nil)
    }

    @Test func refusalCutsToSevenTenthsAndMarksTheKnee() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        rate.noteRefused(at: .seconds(1))
        #expect(rate.callsPerSecond == 7)
        #expect(rate.knee == 10)
        #expect(rate.isTroubled)
    }

    @Test func whatWasServedBeforeARefusalEndsNoBlock() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        rate.noteRefused(at: .seconds(5))
        rate.noteServed(at: .seconds(4))
        #expect(rate.isBlocked)
        rate.noteServed(at: .seconds(5))
        #expect(!rate.isBlocked)
    }

    @Test func cutsAtMostOnceASecondAndOnlyIfSomebodyWasServedSince() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        for tenth in 0..<30 { rate.noteRefused(at: .milliseconds(100 * tenth)) }
        #expect(rate.callsPerSecond == 7, "an outage says nothing of the rate")
        rate.noteServed(at: .milliseconds(3_000))
        rate.noteRefused(at: .milliseconds(3_100))
        #expect(abs(rate.callsPerSecond - 4.9) < 1e-9)
        rate.noteServed(at: .milliseconds(3_200))
        rate.noteRefused(at: .milliseconds(3_900))
        #expect(abs(rate.callsPerSecond - 4.9) < 1e-9)
    }

    @Test func comesBackToJustBelowTheKneeWithinSecondsAndBeyondItSlowlyAtFirst() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        rate.noteRefused(at: .zero)
        serve(&rate, for: 17, from: 0)
        #expect(rate.callsPerSecond >= 9.5 && rate.callsPerSecond < 9.7, "\(rate.callsPerSecond)")
        serve(&rate, for: 20, from: 17)
        #expect(rate.callsPerSecond == 10)
    }

    @Test func oneSecondWithoutARefusalComesBeforeTheFirstStep() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        rate.noteRefused(at: .seconds(10))
        rate.noteServed(at: .milliseconds(10_100))
        rate.noteServed(at: .milliseconds(11_050))
        #expect(rate.callsPerSecond == 7)
        rate.noteServed(at: .milliseconds(11_150))
        #expect(rate.callsPerSecond > 7)
    }

    @Test func refusalsWithinFiveSecondsAreOneEpisode() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        rate.noteRefused(at: .zero)
        serve(&rate, for: 4, from: 0)
        rate.noteRefused(at: .seconds(4))
        #expect(rate.knee == 10)
        serve(&rate, for: 7, from: 4)
        #expect(!rate.isTroubled)
        rate.noteRefused(at: .seconds(12))
        #expect(rate.knee.map { $0 < 8 } == true)
    }

    @Test func kneeIsWhatWasServedThroughAFullMinuteIfThatIsLess() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        // Six a second for more than a minute, at a rate in force of ten.
        for call in 0..<400 { rate.noteServed(at: .milliseconds(call * 1_000 / 6)) }
        rate.noteRefused(at: .milliseconds(400 * 1_000 / 6))
        #expect(rate.knee.map { $0 > 5.8 && $0 < 6.2 } == true, "\(rate.knee ?? 0)")
        #expect(rate.callsPerSecond <= 6.2)
    }

    @Test func kneeIsNeverLessThanHalfTheRate() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        rate.noteServed(at: .zero)
        rate.noteRefused(at: .seconds(70))
        #expect(rate.knee == 5)
    }

    @Test func kneeIsForgottenAfterAMinuteAtTheCeiling() {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        rate.noteRefused(at: .zero)
        serve(&rate, for: 59, from: 0)
        #expect(rate.knee == 10)
        serve(&rate, for: 4, from: 59)
        #expect(rate.knee == nil)
    }

    @Test func unlimitedStartsFromWhatWasServedOnceItIsRefused() {
        var rate = AdaptiveRate(ceiling: .unlimited)
        #expect(rate.callsPerSecond == .infinity)
        for call in 0..<4_000 { rate.noteServed(at: .milliseconds(call)) }
        rate.noteRefused(at: .seconds(4))
        #expect(rate.knee.map { $0 >= 990 && $0 <= 1_010 } == true)
        #expect(rate.callsPerSecond >= 690 && rate.callsPerSecond <= 710)
    }

    @Test func unlimitedStaysSoWhereTooFewWereServedToTellARate() {
        var rate = AdaptiveRate(ceiling: .unlimited)
        for call in 0..<9 { rate.noteServed(at: .milliseconds(call)) }
        rate.noteRefused(at: .milliseconds(20))
        #expect(rate.callsPerSecond == .infinity)
        #expect(rate.knee == nil)
        #expect(rate.isTroubled)
    }

    @Test func aLongBlockTellsTheLimitOfTheMinuteThatItEnds() {
        // 60 s at 10 a second, then nothing for 24 s: the server has counted 360 in its minute.
        var rate = blocked(for: 24)
        #expect(rate.isBlocked)
        rate.noteServed(at: .seconds(84))
        #expect(!rate.isBlocked)
        #expect(abs((rate.knee ?? 0) - 6) < 0.3, "\(rate.knee ?? 0)")
        #expect(rate.callsPerSecond < 6)
    }

    @Test func aLongBlockAloneBringsTheKneeNoLowerThanHalf() throws {
        var rate = blocked(for: 45)
        let before = try #require(rate.knee)
        rate.noteServed(at: .seconds(105))
        #expect(rate.knee == before / 2)
    }

    @Test(arguments: [4, 51]) func aBlockTooShortOrTooLongTellsNothing(seconds: Int) {
        var rate = blocked(for: seconds)
        let before = rate.knee
        rate.noteServed(at: .seconds(60 + seconds))
        #expect(rate.knee == before)
    }

    @Test func aBlockSoonAfterALongOneTellsWhatIsAllowedInAMinute() {
        var rate = blocked(for: 55)
        for second in 115..<118 { rate.noteServed(at: .seconds(second)) }
        rate.noteRefused(at: .seconds(118))
        #expect((rate.knee ?? 0) < 0.3, "fourteen calls in the minute before")
        #expect(rate.callsPerSecond >= 1.0 / 60)
    }

    @Test func twoOutagesFarApartAreNoLimit() throws {
        var rate = blocked(for: 55)
        serve(&rate, for: 200, from: 115)
        for second in 316..<371 { rate.noteRefused(at: .seconds(second)) }
        rate.noteServed(at: .seconds(371))
        #expect(try #require(rate.knee) > 4)
    }

    @Test func anotherCeilingKeepsWhatWasLearnedBelowIt() {
        var rate = AdaptiveRate(ceiling: .perSecond(10), knee: 4)
        rate.change(ceiling: .perSecond(20))
        #expect(rate.callsPerSecond == 3.8)
        rate.change(ceiling: .perSecond(3))
        #expect(rate.callsPerSecond == 3)
        #expect(rate.knee == nil)
    }

    /// A rate of 10 a second after a minute of service, and so many seconds of refusals after that.
    private func blocked(for seconds: Int) -> AdaptiveRate {
        var rate = AdaptiveRate(ceiling: .perSecond(10))
        for tenth in 0...600 { rate.noteServed(at: .milliseconds(100 * tenth)) }
        for second in 60..<60 + seconds { rate.noteRefused(at: .seconds(second)) }
        return rate
    }

    @Test func neverBelowACallAMinute() {
        var rate = AdaptiveRate(ceiling: .perSecond(1))
        for second in 0..<100 {
            rate.noteServed(at: .seconds(2 * second))
            rate.noteRefused(at: .seconds(2 * second + 1))
        }
        #expect(rate.callsPerSecond == 1.0 / 60)
    }

    /// Serves ten calls a second, from a second on.
    private func serve(_ rate: inout AdaptiveRate, for seconds: Int, from start: Int) {
        for tenth in 0..<(seconds * 10) { rate.noteServed(at: .seconds(start) + .milliseconds(tenth * 100 + 50)) }
    }
}

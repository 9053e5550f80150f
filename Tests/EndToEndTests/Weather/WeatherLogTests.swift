import Simulator
import Testing

import enum Simulator.Operation

/// The judge itself is judged.
@Suite("What is read off the simulator's log")
struct WeatherLogTests {
    private func bond(_ seconds: [Double], _ status: Int = 201) -> [Arrival] {
        seconds.map { Arrival(api: .bond, second: $0, status: status, operation: .link) }
    }

    private func call(_ operation: Operation, _ account: String, _ status: Int) -> Arrival {
        Arrival(api: operation.api, second: 0, status: status, operation: operation, account: account)
    }

    @Test(
        "the worst window slides, and its end is no part of it",
        arguments: [
            ([], 0), ([5], 1), ([0, 59.9], 2), ([0, 60], 1), ([0, 30, 60, 89, 90], 3),
            ([50, 55, 58, 61, 64], 5), ([90, 0, 30, 89, 60], 3),
        ] as [([Double], Int)]
    )
    func worstWindow(seconds: [Double], most: Int) {
        #expect(WeatherLog(bond(seconds)).most(.bond, in: 60) == most)
        #expect(WeatherLog(bond(seconds)).most(.plaid, in: 60) == 0)
    }

    @Test("refused calls count in a window as well")
    func refusedCallsCount() {
        #expect(WeatherLog(bond([1, 2]) + bond([3], 429)).most(.bond, in: 60) == 3)
    }

    @Test("utilisation counts the gaps between served calls, or the calls of a span")
    func utilisation() {
        let even = WeatherLog(bond((0...60).map { Double($0) / 2 }) + bond([3, 4, 5], 429))
        #expect(even.utilisation(.bond, of: 120) == 100)
        #expect(even.utilisation(.bond, of: 240) == 50)
        #expect(even.utilisation(.bond, of: 120, in: 0..<10) == 100)
        #expect(even.utilisation(.bond, of: 120, in: 30..<40) == 5)
        #expect(even.utilisation(.plaid, of: 120) == 0)
        #expect(WeatherLog(bond([1])).utilisation(.bond, of: 120) == 0)
    }

    @Test("refusals are set against what was served, in the span alone")
    func refusals() {
        let log = WeatherLog(bond([1, 2, 3, 4]) + bond([2, 9], 429) + bond([3], 503))
        #expect(log.refusalsPerThousand(.bond) == 500)
        #expect(log.refusalsPerThousand(.bond, in: 0..<5) == 250)
        #expect(WeatherLog(bond([1], 429)).refusalsPerThousand(.bond) == 1_000)
    }

    @Test("recovery is the start of the first five seconds that serve 95 %")
    func recovery() {
        let slow = (0..<10).map { 10 + Double($0) }
        let fast = (0..<40).map { 20 + Double($0) / 4 }
        let log = WeatherLog(bond(slow) + bond(slow.map { $0 + 0.5 }, 429) + bond(fast))
        #expect(log.recovery(.bond, to: 240, from: 10) == 10)
        #expect(log.recovery(.bond, to: 240, from: 25) == 0)
        #expect(log.recovery(.bond, to: 60, from: 10) == 0)
        #expect(log.recovery(.bond, to: 480, from: 10) == nil)
    }

    @Test("the hand-off holds accounts with a token and no link, however often their POST came")
    func handOff() {
        let log = WeatherLog([
            call(.mint, "a", 200), call(.mint, "b", 500), call(.mint, "b", 200), call(.link, "a", 429),
            call(.mint, "c", 200), call(.link, "a", 201), call(.link, "b", 503), call(.mint, "d", 200),
            call(.mint, "e", 200),
        ])
        #expect(log.handOff == 3)
        #expect(WeatherLog([]).handOff == 0)
    }

    @Test("retries are mints beyond an account's first")
    func retries() {
        let log = WeatherLog([
            call(.mint, "a", 500), call(.mint, "a", 500), call(.mint, "a", 200), call(.mint, "b", 200),
            call(.link, "a", 429), call(.link, "a", 201),
        ])
        #expect(log.retries == (2, 2))
        #expect(log.mostPosts == 2)
    }

    @Test("the last link is that of the last account waited for")
    func lastLink() {
        let log = WeatherLog([
            Arrival(api: .bond, second: 1, status: 201, operation: .link, account: "a"),
            Arrival(api: .bond, second: 2, status: 503, operation: .link, account: "b"),
            Arrival(api: .bond, second: 3, status: 201, operation: .link, account: "b"),
            Arrival(api: .bond, second: 4, status: 201, operation: .link, account: "hot"),
        ])
        #expect(log.lastLink(of: ["a", "b"]) == 3)
        #expect(log.lastLink(of: ["a", "c"]) == nil)
    }
}

import Pacing
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct HandoffTests {
    /// Starts takers one behind the other; each notes its number when it has room, or the number below zero when
    /// it is turned away.
    private static func start(
        _ numbers: ClosedRange<Int>,
        at handoff: Handoff,
        _ log: EventLog<Int>,
        in group: inout DiscardingTaskGroup
    ) async {
        for number in numbers {
            group.addImmediateTask {
                do {
                    try await handoff.take()
                    log.append(number)
                } catch {
                    log.append(error is Handoff.Closed ? -number : .max)
                }
            }
            handoff.settle()
        }
    }

    @Test func closingTurnsEverybodyAway() async {
        let (handoff, log) = (Handoff(capacity: 1), EventLog<Int>())
        await withDiscardingTaskGroup { group in
            await Self.start(1...3, at: handoff, log, in: &group)
            #expect(await log.wait(for: 1) == [1])
            handoff.close()
            #expect(await Set(log.wait(for: 3)) == [1, -2, -3])
        }
        await #expect(throws: Handoff.Closed.self) { try await handoff.take() }
        handoff.give()
        await #expect(throws: Handoff.Closed.self) { try await handoff.take() }
        handoff.close()
    }

    @Test(arguments: [(-1, 1), (0, 1), (1, 1), (3, 3)])
    func takesNoMoreThanItsCapacity(capacity: Int, room: Int) async {
        let (handoff, log) = (Handoff(capacity: capacity), EventLog<Int>())
        await withDiscardingTaskGroup { group in
            await Self.start(1...(room + 2), at: handoff, log, in: &group)
            #expect(await Set(log.wait(for: room)) == Set(1...room))
            handoff.settle()
            #expect(log.events.count == room)
            handoff.close()
        }
    }

    @Test func whoWaitsLongestGetsTheRoom() async {
        let (handoff, log) = (Handoff(capacity: 1), EventLog<Int>())
        await withDiscardingTaskGroup { group in
            await Self.start(1...6, at: handoff, log, in: &group)
            for count in 1...6 {
                #expect(await log.wait(for: count) == Array(1...count))
                handoff.give()
            }
        }
    }

    @Test func roomThatIsGivenBackIsThereForTheNext() async throws {
        let handoff = Handoff(capacity: 2)
        for _ in 0..<10 {
            try await handoff.take()
            try await handoff.take()
            handoff.give()
            handoff.give()
        }
    }
}

extension Handoff {
    /// Comes back when everybody who came to the actor before has been served or waits.
    fileprivate func settle() {}
}

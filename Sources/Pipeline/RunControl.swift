package import Domain
package import Pacing

/// Ends a run early: nothing new starts, calls in flight finish and count.
package struct RunControl: Sendable {
    private let board: RunBoard
    private let gates: [CallGate]
    private let rooms: [Handoff]
    private let sleepers: Sleepers?

    package init(board: RunBoard, gates: [CallGate], rooms: [Handoff] = [], sleepers: Sleepers? = nil) {
        self.board = board
        self.gates = gates
        self.rooms = rooms
        self.sleepers = sleepers
    }

    /// Whether rows may still be started.
    var isGoing: Bool { board.stop == nil }

    /// Lets no more calls leave; those in flight go on.
    package func pause() {
        for gate in gates { gate.pause() }
    }

    /// Lets calls leave again.
    package func resume() {
        for gate in gates { gate.resume() }
    }

    /// Stops the run for this reason.
    ///
    /// A limit lets the rows in work finish; everything else closes the doors.
    package func stop(_ reason: RunStop) {
        _ = board.note(reason)
        guard reason != .limit else { return }
        for gate in gates { gate.close() }
        for room in rooms { room.close() }
        sleepers?.close()
    }
}

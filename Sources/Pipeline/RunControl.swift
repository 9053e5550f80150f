package import Domain
package import Pacing

/// Ends a run early: nothing new starts, calls in flight finish and count.
package struct RunControl: Sendable {
    private let board: RunBoard
    private let gates: [CallGate]
    private let rooms: [Handoff]

    package init(board: RunBoard, gates: [CallGate], rooms: [Handoff] = []) {
        self.board = board
        self.gates = gates
        self.rooms = rooms
    }

    /// Whether rows may still be started.
    var isGoing: Bool { board.stop == nil }

    /// Stops the run for this reason.
    ///
    /// A limit lets the rows in work finish; everything else closes the doors.
    package func stop(_ reason: RunStop) async {
        _ = board.note(reason)
        guard reason != .limit else { return }
        for gate in gates { await gate.close() }
        for room in rooms { await room.close() }
    }
}

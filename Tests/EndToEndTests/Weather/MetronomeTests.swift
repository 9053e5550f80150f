import Foundation
import Testing

@Suite("How late this machine's timers are")
struct MetronomeTests {
    @Test("a beat counts as late by what exceeds twice the time between two")
    func lateness() {
        let metronome = Metronome()
        #expect(metronome.lateness == 0)
        for second in [0, 0.01, 0.03, 0.54, 1] { metronome.note(Date(timeIntervalSince1970: second)) }
        // 0.49 s and 0.44 s of one second.
        #expect(abs(metronome.lateness - 93) < 0.001)
    }
}

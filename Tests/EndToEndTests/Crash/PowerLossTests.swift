import TestSupport
import Testing

/// What a power cut leaves: only what the program had the disk sync is sure to be there.
@Suite("After a power cut", .timeLimit(.minutes(CrashSizes.minutes)))
struct PowerLossTests {
    private static let imagesPerRecording = 50
    private static let recoveries = 2

    @Test("no request had left whose intent is missing, and the next run brings everything to its end")
    func images() async throws {
        let recordings = max(1, CrashSizes.images / Self.imagesPerRecording)
        var recovered = 0
        try await inLanes(min(2, CrashSizes.lanes), Array(1...recordings)) { number in
            try await Self.check(SeededGenerator(stream: UInt64(number)), rows: number % 10 == 0 ? 260 : 40)
            return Self.recoveries * DiskImage.Kind.allCases.count
        } each: {
            recovered += $0
        }
        let images = recordings * Self.imagesPerRecording
        try CrashTable.add([
            "power cuts", "\(images) images of what was synced, as many with torn writes, of \(recordings) recordings",
            "\(recovered) of them run to the end",
        ])
    }

    private static func check(_ random: SeededGenerator, rows: Int) async throws {
        let cut = try await PowerCut.record(random, rows: rows)
        var random = random
        for number in 0..<imagesPerRecording {
            for kind in DiskImage.Kind.allCases {
                let (moment, seeds) = (cut.moment(&random), SeededGenerator(seed: random.next()))
                try cut.check(at: moment, kind, seeds)
                if number < recoveries { try await cut.expectRecovery(at: moment, kind, seeds) }
            }
        }
    }
}

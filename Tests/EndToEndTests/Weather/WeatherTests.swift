import Foundation
import Testing

/// The bars of pacing, measured at the simulator's log; `scripts/pacing` runs it, as it takes minutes.
@Suite(
    "Pacing in any weather",
    .enabled(if: ProcessInfo.processInfo.environment["RELINK_WEATHER"] != nil),
    .timeLimit(.minutes(15))
)
struct WeatherTests {
    /// The rows a second that one processor bears beside everything else.
    private static let loadPerProcessor = 125

    @Test("meets every bar")
    func measure() async throws {
        let environment = ProcessInfo.processInfo.environment
        let wanted = environment["RELINK_WEATHER_ONLY"]
        let studies = Studies.all.filter { study in wanted.map { study.name.contains($0) } ?? true }
        try #require(!studies.isEmpty, "no scenario has \(wanted ?? "") in its name")
        let (metronome, isOver) = (Metronome(), Flag())
        async let beats: Void = metronome.run(until: isOver)
        var findings = try await findings(of: studies)
        isOver.set()
        try await beats
        let lateness = Gauge.whole("time by which timers came late", metronome.lateness, .open, unit: " %")
        findings.append(("this machine", [lateness]))
        let table = WeatherTable(findings).text
        if let path = environment["RELINK_WEATHER"] {
            try Data(table.utf8).write(to: URL(fileURLWithPath: path))
        }
        for (study, findings) in findings {
            for finding in findings where finding.isMet == false {
                Issue.record("\(study): \(finding.cells.joined(separator: " | "))")
            }
        }
    }

    /// What each study found, in their order; as many run side by side as the machine bears.
    private func findings(of studies: [WeatherStudy]) async throws -> [(study: String, findings: [Finding])] {
        let load = LoadLimit(Self.loadPerProcessor * ProcessInfo.processInfo.activeProcessorCount)
        return try await withThrowingTaskGroup(of: (Int, [Finding]).self) { group in
            for (index, study) in studies.enumerated() {
                await load.take(study.load)
                group.addTask {
                    let records = try await records(of: study)
                    try keep(records, of: study)
                    await load.give(study.load)
                    return (index, study.judge(records))
                }
            }
            let found = try await group.reduce(into: [Int: [Finding]]()) { $0[$1.0] = $1.1 }
            return studies.indices.map { (studies[$0].name, found[$0] ?? []) }
        }
    }

    /// Writes the calls of each scenario to the folder that is named for them.
    private func keep(_ records: [WeatherRecord], of study: WeatherStudy) throws {
        guard let path = ProcessInfo.processInfo.environment["RELINK_WEATHER_CALLS"] else { return }
        let folder = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, record) in records.enumerated() {
            let name = "\(study.name) \(index + 1).csv".replacing("/", with: " in a ")
            try Data(record.log.csv.utf8).write(to: folder.appendingPathComponent(name))
        }
    }

    private func records(of study: WeatherStudy) async throws -> [WeatherRecord] {
        try await withThrowingTaskGroup(of: (Int, WeatherRecord).self) { group in
            for (index, scenario) in study.scenarios.enumerated() {
                group.addTask { (index, try await WeatherStation(scenario).observe()) }
            }
            let records = try await group.reduce(into: [Int: WeatherRecord]()) { $0[$1.0] = $1.1 }
            return study.scenarios.indices.compactMap { records[$0] }
        }
    }
}

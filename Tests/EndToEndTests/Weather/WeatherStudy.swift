/// Scenarios that are judged together, most often one alone.
struct WeatherStudy: Sendable {
    var name: String
    /// The rows a second that it keeps the machine busy with, roughly.
    var load: Int
    var scenarios: [WeatherScenario]
    var judge: @Sendable ([WeatherRecord]) -> [Finding]

    init(
        _ name: String,
        load: Int,
        _ scenarios: [WeatherScenario],
        judge: @escaping @Sendable ([WeatherRecord]) -> [Finding]
    ) {
        self.name = name
        self.load = load
        self.scenarios = scenarios
        self.judge = judge
    }

    /// A study of one scenario.
    init(
        _ name: String,
        load: Int,
        _ scenario: WeatherScenario,
        judge: @escaping @Sendable (WeatherRecord) -> [Finding]
    ) {
        self.init(name, load: load, [scenario]) { records in records.first.map(judge) ?? [] }
    }
}

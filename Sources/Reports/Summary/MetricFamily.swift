/// One metric with its samples, in text that both OpenMetrics 1.0 and Prometheus' older format allow.
///
/// Every family is a gauge, for each file tells of one run: in the older format a counter's name would have no `_total`
/// in its TYPE line, and there are no types `info` and `stateset`.
struct MetricFamily {
    /// One value, with the labels that tell it from others.
    struct Sample {
        var labels: [(name: String, value: String)] = []
        let value: String
    }

    let name: String
    /// The name's last words where there is a unit, as OpenMetrics asks.
    var unit: String?
    let help: String
    let samples: [Sample]

    /// The family's lines; none where there is no sample.
    var lines: [String] {
        guard !samples.isEmpty else { return [] }
        let head = ["# HELP \(name) \(help)", "# TYPE \(name) gauge"]
        return head + (unit.map { ["# UNIT \(name) \($0)"] } ?? []) + samples.map(line)
    }

    private func line(_ sample: Sample) -> String {
        let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        return labels.isEmpty ? "\(name) \(sample.value)" : "\(name){\(labels)} \(sample.value)"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

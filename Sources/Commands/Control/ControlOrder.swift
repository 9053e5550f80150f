import Domain
import Pacing

/// What a person asks of a run that is going on, as it travels over the socket: words on one line.
enum ControlOrder: Sendable, Equatable {
    case status(json: Bool)
    case pause
    case resume
    case rate([Domain.API: Rate])
    case stop

    /// Reads an order; nothing where `line` is none.
    init?(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        switch words.first {
        case "status" where words.count == 1: self = .status(json: false)
        case "status" where words == ["status", "json"]: self = .status(json: true)
        case "pause" where words.count == 1: self = .pause
        case "resume" where words.count == 1: self = .resume
        case "stop" where words.count == 1: self = .stop
        case "rate":
            guard let rates = Self.rates(words.dropFirst()) else { return nil }
            self = .rate(rates)
        default: return nil
        }
    }

    /// The line.
    var text: String {
        switch self {
        case .status(let json): json ? "status json" : "status"
        case .pause: "pause"
        case .resume: "resume"
        case .stop: "stop"
        case .rate(let rates):
            Domain.API.allCases.reduce(into: "rate") { text, api in
                if let rate = rates[api] { text += " \(api.rawValue)=\(rate)" }
            }
        }
    }

    /// Reads `plaid=200/min bond=10/s`; nothing where one is no rate, or an API comes twice.
    static func rates(_ words: some Collection<String>) -> [Domain.API: Rate]? {
        var rates: [Domain.API: Rate] = [:]
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let api = Domain.API(rawValue: parts[0]), let rate = Rate(parts[1]),
                rates.updateValue(rate, forKey: api) == nil
            else { return nil }
        }
        return rates.isEmpty ? nil : rates
    }
}

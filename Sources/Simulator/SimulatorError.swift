/// Why a simulator cannot be made or started.
package enum SimulatorError: Error, Sendable, Equatable, CustomStringConvertible {
    case unknownAnswer(String, Operation)
    case scenarioWithoutAnswers(Operation)
    case badProbability(String)
    case badPeriod(Double)
    case journalUnusable(path: String, reason: String)
    case notStarted

    /// One sentence: what is wrong and where.
    package var description: String {
        switch self {
        case .unknownAnswer(let name, let operation):
            "The simulator has no answer named \"\(name)\" for the operation \"\(operation.rawValue)\"."
        case .scenarioWithoutAnswers(let operation):
            "A scenario rule for the operation \"\(operation.rawValue)\" has no answers."
        case .badProbability(let name):
            "The probability of \"\(name)\" is not a number from 0 to 1, or those of its operation add up to more."
        case .badPeriod(let seconds):
            "The limits cannot be counted over \(seconds) s: limit_period is a number above 0."
        case .journalUnusable(let path, let reason):
            "The simulator's journal \(path) cannot be used: \(reason)"
        case .notStarted:
            "The simulator stopped before it was ready."
        }
    }

    static func checkAnswer(_ name: String, for operation: Operation) throws(SimulatorError) {
        guard name != "normal" else { return }
        guard AnswerCatalogue.answer(named: name)?.api == operation.api else { throw .unknownAnswer(name, operation) }
    }
}

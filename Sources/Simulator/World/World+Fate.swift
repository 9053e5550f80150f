import FoundationEssentials
import Synchronization

/// What a call is about, as far as the choice of its answer goes.
struct Subject: Sendable {
    let operation: Operation
    var owner: String?
    var accountID: String?
    var origin: Fingerprint?
    var processorToken: String?
    /// The path of one of Plaid's calls.
    var path: String?
    /// The number that the access token's digits ask for.
    var magic = 0

    /// Names the row, so that its draws do not depend on what other rows do in the meantime.
    fileprivate var key: String {
        let origin = owner == nil ? self.origin.map { String($0.value) } ?? "" : ""
        return [operation.rawValue, owner ?? "", accountID ?? "", origin].joined(separator: "|")
    }
}

/// What chance, script or magic has in store for one call.
struct Fate: Sendable {
    let answer: Answer
    /// Seconds before the answer.
    let latency: Double
    let hidesLink: Bool
}

extension World {
    /// Decides a call's answer: a scenario rule before magic digits before fault rates before the usual answer.
    ///
    /// Chance depends on the seed, on what the call is about and on how many such calls there were, on nothing else.
    func fate(of subject: Subject) -> Fate {
        state.withLock { state in
            let key = subject.key
            state.draws[key, default: 0] += 1
            var generator = SplitMix64(seed: seed ^ Fingerprint("\(key)|\(state.draws[key] ?? 0)").value)
            let drawn = World.draw(state.behaviour.faults[subject.operation] ?? [:], with: generator.nextUnit())
            let latency = state.behaviour.latency(of: subject.operation.api)
            let share = generator.nextUnit()
            let isHidden = generator.nextUnit() < state.behaviour.hiddenLinkProbability
            let answer = scripted(subject, &state) ?? World.magic(subject, &state) ?? drawn
            return Fate(
                answer: answer ?? .normal(subject.operation.api),
                latency: latency.lowerBound + share * (latency.upperBound - latency.lowerBound),
                hidesLink: isHidden || answer?.hidesLink == true
            )
        }
    }

    private func scripted(_ subject: Subject, _ state: inout WorldState) -> Answer? {
        for (index, rule) in scenario.rules.enumerated() where rule.matches(subject) {
            let used = state.rulesUsed[index, default: 0]
            guard used < rule.answers.count || rule.then == .repeat else { continue }
            state.rulesUsed[index] = used + 1
            let name = rule.answers[min(used, rule.answers.count - 1)]
            return AnswerCatalogue.answer(named: name) ?? .normal(subject.operation.api)
        }
        return nil
    }

    private static func magic(_ subject: Subject, _ state: inout WorldState) -> Answer? {
        guard let answer = AnswerCatalogue.answer(number: subject.magic), answer.api == subject.operation.api else {
            return nil
        }
        guard answer.recurrence == .once else { return answer }
        let key = "\(answer.number)|\(subject.origin?.value ?? 0)|\(subject.accountID ?? "")"
        let given = state.answersGiven.updateValue(1, forKey: key)
        return given == nil ? answer : nil
    }

    private static func draw(_ rates: [String: Double], with share: Double) -> Answer? {
        var rest = share
        for (name, rate) in rates.sorted(by: { $0.key < $1.key }) {
            if rest < rate { return AnswerCatalogue.answer(named: name) }
            rest -= rate
        }
        return nil
    }
}

extension Scenario.Rule {
    fileprivate func matches(_ subject: Subject) -> Bool {
        func fits(_ wanted: String?, _ actual: String?) -> Bool { wanted == nil || wanted == actual }
        return operation == subject.operation
            && fits(match.customerID?.lowercased(), subject.owner)
            && fits(match.accountID, subject.accountID)
            && fits(match.processorToken, subject.processorToken)
            && fits(match.path, subject.path)
            && (match.accessToken == nil || match.accessToken.map(Fingerprint.init) == subject.origin)
    }
}

import Domain
import Pacing
import Pipeline
import Reports

/// Carries out what people ask of a run that is going on.
struct ControlDesk: Sendable {
    /// What is said to an order, and what is done only after it has been said.
    struct Answer: Sendable {
        let isDone: Bool
        let text: String
        var then: (@Sendable () async -> Void)?
    }

    private static let width = 120

    let run: LiveRun

    /// Carries out the order on a line.
    func answer(_ line: String) async -> Answer {
        guard let order = ControlOrder(line) else {
            return Answer(isDone: false, text: "\"\(line)\" is no order: status, pause, resume, stop, rate API=RATE.")
        }
        switch order {
        case .status(let json): return await status(json: json)
        case .pause:
            run.control.pause()
            Console.tell("relink: paused by relink control; calls in flight finish.", event: .paused)
            return Answer(isDone: true, text: "Paused; calls in flight finish. Go on with: relink control resume")
        case .resume:
            run.control.resume()
            Console.tell("relink: going on.", event: .resumed)
            return Answer(isDone: true, text: "Going on.")
        case .rate(let rates):
            for api in Domain.API.allCases { if let rate = rates[api] { await change(api, to: rate) } }
            return Answer(isDone: true, text: "Taken, until the run ends or its schedule says otherwise.")
        case .stop:
            return Answer(isDone: true, text: "Stopping; calls in flight finish first, and everything done is kept.") {
                [control = run.control] in
                Console.tell("relink: told to stop; calls in flight finish first.", event: .stopping)
                control.stop(.told)
            }
        }
    }

    private func status(json: Bool) async -> Answer {
        let text = await run.text()
        guard json else {
            let lines = text.lines(width: Self.width, isPlain: true)
            return Answer(isDone: true, text: (["run \(run.runID)"] + lines).joined(separator: "\n"))
        }
        return Answer(isDone: true, text: text.json(runID: run.runID, at: Surroundings.now()))
    }

    private func change(_ api: Domain.API, to rate: Rate) async {
        run.gates[api]?.change(ceiling: rate)
        Console.tell(
            "relink: told to go by \(rate) at \(api.name).",
            event: .rateChanged,
            [("api", api.rawValue), ("rate", rate.description)]
        )
    }
}

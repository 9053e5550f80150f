import Domain
import Pacing

/// Ends a run when an API stays away, or asks to be left alone, for longer than a run waits.
struct Patience: Sendable {
    let tools: RunTools
    let board: RunBoard
    let control: RunControl

    /// How long an API that was never reached is tried: a wrong address does not get better.
    private static let unreached = Duration.seconds(10)

    /// Stops the run if the API's trouble, or what it `asked` for, is more than a run waits; says whether it did.
    func isOver(_ api: API, _ health: CallGate.Health, asked: Duration?) -> Bool {
        guard let why = reason(api, health.trouble, asked ?? .zero) else { return false }
        control.stop(.unavailable("\(api.name) \(why)"))
        return true
    }

    private func reason(_ api: API, _ trouble: Duration, _ asked: Duration) -> String? {
        let limit = tools.settings.patience
        if asked > limit { return "asks to be left alone for \(asked). Run again later." }
        if trouble > limit { return "has served nothing for \(trouble). Run again later." }
        guard trouble >= Self.unreached, let why = board.unreached(api) else { return nil }
        return "cannot be reached: \(why)"
    }
}

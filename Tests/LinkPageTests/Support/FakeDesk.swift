import Domain
import Synchronization
import TestSupport

/// A desk whose answers are planned, and which notes what it is asked.
final class FakeDesk: LinkDesk {
    enum Call: Equatable, Sendable {
        case open(String)
        case resume(String)
        case succeeded(String, token: String, accounts: [String])
        case left(String, code: String?)
        case finished(token: String)
    }

    private let calls = EventLog<Call>()
    private let standings: Mutex<[String: LinkStanding]>
    private let tokens = Mutex<[String: Secret]>([:])
    private let onOpen: @Sendable (String) async -> LinkOpening
    private let afterSuccess: LinkStanding

    init(
        _ standings: [String: LinkStanding] = [:],
        afterSuccess: LinkStanding = .working,
        onOpen: @escaping @Sendable (String) async -> LinkOpening = { _ in .over }
    ) {
        self.standings = Mutex(standings)
        self.afterSuccess = afterSuccess
        self.onOpen = onOpen
    }

    /// What it was asked so far, but for how things stand.
    var told: [Call] { calls.events }

    /// Waits a minute at most until it was asked so often.
    func wait(for count: Int) async throws {
        let deadline = ContinuousClock.now + .seconds(60) * Patience.factor
        while told.count < count {
            guard ContinuousClock.now < deadline else { throw Tired(told: told) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private struct Tired: Error {
        let told: [Call]
    }

    func set(_ standing: LinkStanding?, at address: String) {
        standings.withLock { $0[address] = standing }
    }

    func standing(at address: Secret) async -> LinkStanding? {
        standings.withLock { $0[address.exposed] }
    }

    func open(at address: Secret) async -> LinkOpening {
        calls.append(.open(address.exposed))
        let opening = await onOpen(address.exposed)
        if case .token(let token) = opening { tokens.withLock { $0[address.exposed] = token } }
        return opening
    }

    func resume(at address: Secret) async -> Secret? {
        calls.append(.resume(address.exposed))
        return tokens.withLock { $0[address.exposed] }
    }

    func succeeded(at address: Secret, with success: LinkSuccess) async {
        set(afterSuccess, at: address.exposed)
        calls.append(
            .succeeded(address.exposed, token: success.publicToken.exposed, accounts: success.accountIDs)
        )
    }

    func left(at address: Secret, errorCode: String?) async {
        calls.append(.left(address.exposed, code: errorCode))
    }

    func sessionFinished(linkToken: Secret) async {
        calls.append(.finished(token: linkToken.exposed))
    }
}

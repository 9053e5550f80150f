/// What sends an API's calls: the network, or an answer that a test holds ready.
package protocol HTTPSender: Sendable {
    /// Sends one call and waits for its whole answer; never throws, a fault is an outcome.
    func perform(_ call: HTTPCall) async -> HTTPOutcome
}

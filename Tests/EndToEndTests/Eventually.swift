/// Waits for something that another process does; the one place where tests look at the clock.
///
/// The suite's time limit ends a wait that is in vain.
func eventually(_ isSo: @Sendable () -> Bool) async throws {
    while !isSo() { try await Task.sleep(for: .milliseconds(2)) }
}

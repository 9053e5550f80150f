/// Waits for something that another process does, or for a moment; the one place where tests look at the clock.
///
/// The suite's time limit ends a wait that is in vain.
func eventually(every interval: Duration = .milliseconds(2), _ isSo: @Sendable () -> Bool) async throws {
    while !isSo() { try await Task.sleep(for: interval) }
}

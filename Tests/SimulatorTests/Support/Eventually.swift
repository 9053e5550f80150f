/// Waits for something that another task does; the suite's time limit ends a wait that is in vain.
func eventually(_ isSo: () -> Bool) async throws {
    while !isSo() { try await Task.sleep(for: .milliseconds(5)) }
}

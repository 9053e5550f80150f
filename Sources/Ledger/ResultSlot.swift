import Synchronization

/// Carries a result from the writer's thread to the task that waits for it.
final class ResultSlot<Value: Sendable>: Sendable {
    /// Thrown when there is nothing to take, which means that the work never ran.
    struct Empty: Error {}

    private let value = Mutex<Value?>(nil)

    func fill(_ new: Value) {
        value.withLock { $0 = new }
    }

    func take() throws -> Value {
        guard let value = value.withLock({ $0 }) else { throw Empty() }
        return value
    }
}

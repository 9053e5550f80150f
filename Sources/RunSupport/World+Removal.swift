package import Domain

extension World {
    /// Plans the answers to the DELETEs of a link; then they are carried out as usual.
    package func plan(remove link: String, _ answers: RemovalScript...) {
        changeRemovals { $0.plans[link, default: []] += answers }
    }

    /// The links that Bond was asked to remove, in order.
    package var removals: [String] { removalState.asked.map(\.link) }
    /// The forms in which it was asked.
    package var removalPaths: [RemovalPath] { removalState.asked.map(\.path) }

    func removalAnswer(_ link: String, _ path: RemovalPath) -> RemovalScript {
        changeRemovals { state in
            state.asked.append((link, path))
            guard var plan = state.plans[link], !plan.isEmpty else { return .remove }
            defer { state.plans[link] = plan }
            return plan.removeFirst()
        }
    }

    /// Removes a link; false where there is none, or none any more.
    func removeLink(_ id: String) -> Bool {
        guard links.contains(where: { $0.id == id && !$0.isRemoved }) else { return false }
        changeLinks { if $0.id == id { $0.isRemoved = true } }
        return true
    }

    /// What is planned for DELETEs, and what was asked.
    struct RemovalState: Sendable {
        var plans: [String: [RemovalScript]] = [:]
        var asked: [(link: String, path: RemovalPath)] = []
    }
}

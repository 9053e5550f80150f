/// Lets studies begin in their order, as long as the machine has room for their load.
actor LoadLimit {
    private let most: Int
    private var load = 0
    private var waiter: CheckedContinuation<Void, Never>?

    init(_ most: Int) {
        self.most = most
    }

    /// Waits until there is room; only one at a time may ask.
    ///
    /// What is too much for the machine runs alone.
    func take(_ amount: Int) async {
        while load > 0, load + amount > most {
            await withCheckedContinuation { waiter = $0 }
        }
        load += amount
    }

    func give(_ amount: Int) {
        load -= amount
        waiter?.resume()
        waiter = nil
    }
}

extension LedgerWriter {
    /// What this worker shares of the APIs with the others; nothing where the ledger is its own.
    package var climates: ClimateStore? {
        guard crew != nil, case .server(let server) = place else { return nil }
        return ClimateStore(server) { _ = self.note($0) }
    }

    /// Whether no other worker was there when this one began.
    package var beganAlone: Bool { crew?.beganAlone ?? true }
}

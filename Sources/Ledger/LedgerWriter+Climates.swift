extension LedgerWriter {
    /// Where a run shares with others what it knows of the APIs; nothing where it is the only one, as on a file.
    package var climates: ClimateStore? {
        guard case .server(let server) = opening.place, opening.kind == .run else { return nil }
        return ClimateStore(server)
    }
}

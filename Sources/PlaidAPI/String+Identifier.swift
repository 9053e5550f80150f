extension String {
    /// Whether it can be one of Plaid's ids: whatever comes from outside is written into ledger and reports.
    var isIdentifier: Bool {
        (1...256).contains(utf8.count) && unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}

extension Dictionary where Value == Int, Key: CaseIterable & RawRepresentable<String> {
    /// The counts that are not zero, in the order of the keys' declaration.
    var inWords: String {
        Key.allCases.map { (count: self[$0, default: 0], of: $0.rawValue) }.inWords
    }
}

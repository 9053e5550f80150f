import Domain

/// Texts that break careless writers, the same ones for the same seed.
struct NastyText {
    private var state: UInt64

    private static let pieces: [String] = [
        "", "a", "Zürich", "日本", "👩‍👩‍👧", ",", "\"", "\"\"", "\r", "\n", "\r\n",
        "\t", " ", "=", "+", "-", "@", "'", "|",
        "\\", "/", "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{2028}", "e\u{301}", "\u{FEFF}", "null", "0", "<b>", "`", "_",
    ]

    init(seed: UInt64) {
        state = seed
    }

    /// The next text, of up to six pieces.
    mutating func next() -> String {
        (0..<nextNumber(below: 7)).map { _ in Self.pieces[nextNumber(below: Self.pieces.count)] }.joined()
    }

    /// The next number from 0 up, by SplitMix64.
    mutating func nextNumber(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    /// The next row, its texts nasty or absent.
    mutating func nextRow() -> ReportRow {
        let states = RowState.allCases
        var row = ReportRow(
            state: states[nextNumber(below: states.count)],
            action: .review,
            attempts: nextNumber(below: 9)
        )
        row.reference = nextOptional()
        row.owner = nextOptional().map { Owner(kind: nextNumber(below: 2) == 0 ? .customer : .business, id: $0) }
        row.accountID = nextOptional()
        row.linkedAccountID = nextOptional()
        row.bondStatus = nextOptional()
        row.verificationStatus = nextOptional()
        row.failure = nextOptional().map {
            Failure(source: .bond, type: nextOptional(), code: $0, message: nextOptional())
        }
        row.plaidRequestID = nextOptional()
        row.inputFile = nextOptional()
        row.inputLine = nextNumber(below: 2) == 0 ? nil : nextNumber(below: 1_000_000)
        return row
    }

    private mutating func nextOptional() -> String? {
        nextNumber(below: 4) == 0 ? nil : next()
    }
}

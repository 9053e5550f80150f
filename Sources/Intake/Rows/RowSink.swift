import Domain

/// Makes rows to link out of records, by rules that are the same for every format.
struct RowSink: RecordSink {
    let businessOwners: Bool
    let environment: DeploymentEnvironment
    private var events: [InputEvent] = []

    init(businessOwners: Bool, environment: DeploymentEnvironment) {
        self.businessOwners = businessOwners
        self.environment = environment
    }

    /// What was taken since the last time, if anything.
    mutating func drain() -> [InputEvent]? {
        guard !events.isEmpty else { return nil }
        defer { events = [] }
        return events
    }

    func check(_ header: FieldColumns, file: String) throws(IntakeError) {
        let hasToken = header.column(of: .accessToken) != nil || header.column(of: .publicToken) != nil
        if header.column(of: .accountID) == nil {
            throw .missingColumn(file: file, field: .accountID, found: header.names)
        }
        if !hasToken { throw .missingColumn(file: file, field: .accessToken, found: header.names) }
        try header.checkOwner(mayBeBusiness: businessOwners, file: file)
    }

    mutating func take(
        _ cells: Cells,
        raw: Span<UInt8>,
        decoded: Span<UInt8>,
        at position: InputPosition
    ) throws(RecordProblem) {
        let values = FieldValues(cells, raw: raw, decoded: decoded)
        try values.check()
        let owner = try values.oneOwner(mayBeBusiness: businessOwners)
        let accountID = try required(.accountID, values.account, values)
        let credential = try values.oneCredential(environment)
        let row = InputRow(
            identity: Identity(owner: owner, accountID: accountID),
            credential: credential,
            reference: values.reference.text,
            position: position,
            warnings: RowShape.warnings(owner: owner.id, accountID: accountID, credential)
        )
        events.append(.row(row))
    }

    mutating func refuse(_ row: InvalidRow) {
        events.append(.invalid(row))
    }

    private func required(
        _ field: InputField,
        _ value: FieldValue,
        _ values: FieldValues
    ) throws(RecordProblem) -> String {
        if let text = value.text { return text }
        throw values.problem(.missingValue, at: value.offset, "\(field.rawValue) is empty: fill it in")
    }
}

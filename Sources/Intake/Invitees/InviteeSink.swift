import Domain

/// Makes invitees out of records: who is invited has to be there, account and token may be.
struct InviteeSink: RecordSink {
    let businessOwners: Bool
    let environment: DeploymentEnvironment
    private var batch = InviteeBatch()

    init(businessOwners: Bool, environment: DeploymentEnvironment) {
        self.businessOwners = businessOwners
        self.environment = environment
    }

    /// What was taken since the last time, if anything.
    mutating func drain() -> InviteeBatch? {
        guard !batch.isEmpty else { return nil }
        defer { batch = InviteeBatch() }
        return batch
    }

    func check(_ header: FieldColumns, file: String) throws(IntakeError) {
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
        if let token = values.token.text { try values.checkEnvironment(of: token, environment) }
        batch.invitees.append(
            Invitee(
                owner: owner,
                accountID: values.account.text,
                accessToken: values.token.text.map { Secret($0) },
                reference: values.reference.text,
                position: position
            )
        )
    }

    mutating func refuse(_ row: InvalidRow) {
        batch.invalid.append(row)
    }
}

import Domain

/// Makes claims of links out of records.
struct AdoptionSink: RecordSink {
    let businessOwners: Bool
    private var batch = AdoptionBatch()

    init(businessOwners: Bool) {
        self.businessOwners = businessOwners
    }

    /// What was taken since the last time, if anything.
    mutating func drain() -> AdoptionBatch? {
        guard batch != AdoptionBatch() else { return nil }
        defer { batch = AdoptionBatch() }
        return batch
    }

    func check(_ header: FieldColumns, file: String) throws(IntakeError) {
        try header.checkOwner(mayBeBusiness: businessOwners, file: file)
        for field in [InputField.accountID, .linkedAccountID] where header.column(of: field) == nil {
            throw .missingColumn(file: file, field: field, found: header.names)
        }
    }

    mutating func take(
        _ cells: Cells,
        raw: Span<UInt8>,
        decoded: Span<UInt8>,
        at position: InputPosition
    ) throws(RecordProblem) {
        let values = FieldValues(cells, raw: raw, decoded: decoded)
        try values.check()
        let link = FieldValue(.linkedAccountID, cells[.linkedAccountID], raw: raw, decoded: decoded)
        let mask = FieldValue(.mask, cells[.mask], raw: raw, decoded: decoded)
        if let fault = link.fault ?? mask.fault { throw values.problem(fault.reason, at: fault.offset, fault.message) }
        let owner = try values.oneOwner(mayBeBusiness: businessOwners)
        guard let account = values.account.text else {
            let message = "account_id is empty: without Plaid's account id no run would know the row"
            throw values.problem(.missingValue, at: values.account.offset, message)
        }
        guard let id = link.text else {
            let message = "linked_account_id is empty: the line names no link"
            throw values.problem(.missingValue, at: link.offset, message)
        }
        batch.adoptions.append(
            Adoption(
                identity: Identity(owner: owner, accountID: account),
                linkedAccountID: id,
                mask: Self.digits(mask.text),
                reference: values.reference.text,
                position: position
            )
        )
    }

    mutating func refuse(_ row: InvalidRow) {
        batch.invalid.append(row)
    }

    /// The digits that a mask ends in, as of `****0000`, four at most: whoever has a whole number there compares its end.
    private static func digits(_ mask: String?) -> String? {
        guard let mask else { return nil }
        let digits = mask.reversed().prefix { $0.isASCII && ($0.isNumber || $0.isLetter) }.prefix(4).reversed()
        return digits.isEmpty ? nil : String(digits)
    }
}

import Domain

/// The values of a record's fields.
struct FieldValues {
    let customer: FieldValue
    let business: FieldValue
    let account: FieldValue
    let token: FieldValue
    /// What stands in for an access token; where there is one, it does not matter.
    let publicToken: FieldValue
    let reference: FieldValue

    init(_ cells: Cells, raw: Span<UInt8>, decoded: Span<UInt8>) {
        customer = FieldValue(.customerID, cells[.customerID], raw: raw, decoded: decoded)
        business = FieldValue(.businessID, cells[.businessID], raw: raw, decoded: decoded)
        account = FieldValue(.accountID, cells[.accountID], raw: raw, decoded: decoded)
        token = FieldValue(.accessToken, cells[.accessToken], raw: raw, decoded: decoded)
        publicToken =
            token.text == nil
            ? FieldValue(.publicToken, cells[.publicToken], raw: raw, decoded: decoded)
            : .empty(offset: cells[.publicToken].origin)
        reference = FieldValue(.reference, cells[.reference], raw: raw, decoded: decoded)
    }

    /// The owner, where exactly one is given.
    var owner: Owner? {
        switch (customer.text, business.text) {
        case (let id?, nil): Owner(kind: .customer, id: id)
        case (nil, let id?): Owner(kind: .business, id: id)
        default: nil
        }
    }

    /// The worst fault of a single field; a misplaced token comes first, because nothing else may then be kept.
    var fault: FieldFault? {
        guard
            customer.fault != nil || business.fault != nil || account.fault != nil || token.fault != nil
                || publicToken.fault != nil || reference.fault != nil
        else { return nil }
        let faults = [customer, business, account, token, publicToken, reference].compactMap(\.fault)
        return faults.first { $0.reason == .tokenInWrongField } ?? faults.first
    }

    /// Fails where a field is faulty in itself or there are two owners.
    func check() throws(RecordProblem) {
        if let fault { throw problem(fault) }
        if customer.text != nil, business.text != nil {
            let message = "the row has a customer_id and a business_id: a row belongs to one of them, empty the other"
            throw problem(.twoOwners, at: business.offset, message)
        }
    }

    /// A problem of this record, with the values that may be shown.
    func problem(_ reason: InvalidRow.Reason, at offset: Int, _ message: String) -> RecordProblem {
        RecordProblem(
            reason: reason,
            offset: offset,
            message: message,
            reference: reference.text,
            owner: owner,
            accountID: account.text
        )
    }

    private func problem(_ fault: FieldFault) -> RecordProblem {
        fault.reason == .tokenInWrongField
            ? RecordProblem(reason: fault.reason, offset: fault.offset, message: fault.message)
            : problem(fault.reason, at: fault.offset, fault.message)
    }
}

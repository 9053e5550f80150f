import Domain

/// What is wrong with one field's value, whatever the other fields hold.
struct FieldFault {
    let field: InputField
    let reason: InvalidRow.Reason
    /// Where the fault stands in the raw bytes.
    let offset: Int

    /// What is wrong and what to do, without a word of the value.
    var message: String {
        switch reason {
        case .duplicateField: "the object has two keys for \(field.rawValue): keep one of them"
        case .wrongType: "\(field.rawValue) is not a string: write it in quotes"
        case .badUTF8: "\(field.rawValue) is not UTF-8: save the file with that encoding"
        case .controlCharacter:
            "\(field.rawValue) has a control character or a line break in it: "
                + "remove it, and look for a quote that is not closed"
        default:
            "\(field.rawValue) holds what looks like a Plaid token: "
                + "check the order of the columns, and keep tokens in access_token alone"
        }
    }
}

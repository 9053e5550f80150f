/// Some of the input fields.
struct FieldSet: OptionSet, Hashable {
    let rawValue: UInt16

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    init(_ field: InputField) {
        self.init(rawValue: 1 << UInt16(field.index))
    }

    func contains(_ field: InputField) -> Bool {
        contains(FieldSet(field))
    }
}

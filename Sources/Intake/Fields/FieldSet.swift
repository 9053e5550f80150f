/// Some of the input fields.
struct FieldSet: OptionSet, Hashable {
    let rawValue: UInt8

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    init(_ field: InputField) {
        self.init(rawValue: 1 << UInt8(field.index))
    }

    func contains(_ field: InputField) -> Bool {
        contains(FieldSet(field))
    }
}

/// The cells of a record, one for each input field.
struct Cells {
    private var cells: InlineArray<11, Cell>

    init(recordStart: Int) {
        cells = InlineArray(repeating: .missing(at: recordStart))
    }

    subscript(field: InputField) -> Cell {
        get { cells[field.index] }
        set { cells[field.index] = newValue }
    }

    /// Takes `cell` for each of `fields`; a field that has one already counts as repeated.
    mutating func put(_ cell: Cell, for fields: FieldSet, seen: inout FieldSet) {
        for field in InputField.allCases where fields.contains(field) {
            self[field] = cell
            if seen.contains(field) { self[field].kind = .repeated }
        }
        seen.formUnion(fields)
    }
}

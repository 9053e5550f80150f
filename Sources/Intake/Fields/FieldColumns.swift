/// Which column of a CSV file holds which field.
struct FieldColumns: Sendable {
    /// The names in the header, fit to be shown.
    let names: [String]
    /// The fields that have a column, with its place from 0.
    private(set) var wanted: [(field: InputField, column: Int)] = []

    /// Finds the columns; `fields` tells for each column which fields it may hold.
    init(names: [String], fields: [FieldSet], mapped: [InputField: String], file: String) throws(IntakeError) {
        self.names = names
        for field in InputField.allCases {
            let columns = fields.indices.filter { fields[$0].contains(field) }
            if columns.count > 1 {
                throw .twoColumns(file: file, field: field, names: [names[columns[0]], names[columns[1]]])
            }
            if let column = columns.first {
                wanted.append((field, column))
            } else if let name = mapped[field] {
                throw .mappedColumnMissing(file: file, field: field, column: name, found: names)
            }
        }
    }

    /// The place of the field's column, from 0.
    func column(of field: InputField) -> Int? {
        wanted.first { $0.field == field }?.column
    }

    /// Whether a column says whose the accounts are.
    ///
    /// - Throws: An ``IntakeError`` if none does, or only one that no flag allows.
    func checkOwner(mayBeBusiness: Bool, file: String) throws(IntakeError) {
        if column(of: .customerID) != nil { return }
        guard column(of: .businessID) != nil else {
            throw .missingColumn(file: file, field: .customerID, found: names)
        }
        if !mayBeBusiness { throw .businessColumnWithoutFlag(file: file) }
    }
}

/// Reads the record that names the columns.
struct CSVHeader {
    let file: String
    private let mapped: [InputField: String]
    private let fieldNames: FieldNames

    init(file: String, columns: [InputField: String], fields: [InputField]) {
        self.file = file
        mapped = columns
        fieldNames = FieldNames(columns: columns, fields: fields)
    }

    /// Finds the header's cells; nothing where the bytes end before it does.
    func scan(
        _ bytes: Span<UInt8>,
        from start: Int,
        isLast: Bool,
        line: Int,
        with scanner: inout CSVScanner
    ) throws(IntakeError) -> CSVScanner.Extent? {
        do throws(CSVFault) {
            return try scanner.scan(bytes, from: start, isLast: isLast)
        } catch {
            if case .tooLong = error { throw .noHeader(file: file, line: line, fault: .tooLong) }
            throw .noHeader(file: file, line: line, fault: .badQuoting)
        }
    }

    /// Which of `cells` names the column of which field.
    func columns(_ bytes: Span<UInt8>, _ cells: [Cell], line: Int) throws(IntakeError) -> FieldColumns {
        var found: [Column] = []
        for cell in cells {
            var decoded: [UInt8] = []
            let cell = cell.withoutDoubledQuotes(bytes, into: &decoded)
            let isDecoded = cell.kind == .decodedText
            found.append(isDecoded ? column(decoded.span, cell) : column(bytes, cell))
        }
        if found.contains(where: \.holdsToken) { throw .noHeader(file: file, line: line, fault: .holdsToken) }
        return try FieldColumns(names: found.map(\.name), fields: found.map(\.fields), mapped: mapped, file: file)
    }

    /// What one cell of the header says.
    private struct Column {
        let name: String
        let fields: FieldSet
        let holdsToken: Bool
    }

    private func column(_ bytes: Span<UInt8>, _ cell: Cell) -> Column {
        let range = bytes.trimmed(cell.start..<cell.end)
        let name = bytes.repairedText(range).withoutInvisibles
        return Column(
            name: name.count > 60 ? "\(name.prefix(60))…" : name,
            fields: fieldNames.usualField(in: bytes, range).union(fieldNames.mappedFields(in: bytes, range)),
            holdsToken: bytes.holdsToken(range) || name.holdsToken
        )
    }
}

import Domain

extension IntakeError: CustomStringConvertible {
    /// What is wrong, with which file, and what to do now.
    package var description: String {
        switch self {
        case .noHeader(let file, let line, let fault): "\(file):\(line): \(fault.sentence)"
        case .missingColumn(let file, let field, let found):
            "\(file) has no column for \(field.rawValue): \(Self.advice(for: field, found: found))"
        case .twoColumns(let file, let field, let names):
            "\(file) has two columns for \(field.rawValue), \(Self.list(names)): "
                + "remove or rename one, or say which with --map \(field.rawValue)=COLUMN"
        case .mappedColumnMissing(let file, let field, let column, let found):
            "\(file) has no column \"\(column)\", which --map names for \(field.rawValue): "
                + "its columns are \(Self.list(found))"
        case .businessColumnWithoutFlag(let file):
            "\(file) has business_id and no customer_id: give --business-owners if its rows belong to businesses"
        case .utf16(let file): "\(file) is UTF-16: save it as UTF-8"
        case .jsonArray(let file):
            "\(file) is a JSON array: write one object per line, as `jq -c '.[]'` does, without brackets and commas"
        case .unreadable(let file, let reason): "\(file) cannot be read: \(reason)"
        case .noExclusionColumn(let file, let found):
            "\(file) has no column to tell rows by: it needs customer_id, business_id, account_id or reference, "
                + "and has \(Self.list(found))"
        case .noRemovalColumn(let file, let field, let found):
            "\(file) has no column for \(field.rawValue): a list of links to remove needs customer_id (or business_id) and "
                + "linked_account_id, and this one has \(Self.list(found))"
        case .noPlanColumn(let file, let field, let found):
            "\(file) has no column for \(field.rawValue), as relink cutover plan writes it: its columns are "
                + Self.list(found)
        case .badExclusion(let row): "\(row.position.file):\(row.line):\(row.column): \(row.message)"
        }
    }

    private static func advice(for field: InputField, found: [String]) -> String {
        let other = [";": "';'", "\t": "$'\\t'", "|": "'|'"].first { found.count == 1 && found[0].contains($0.key) }
        if let other { return "its header is one column; if that is the delimiter, give --delimiter \(other.value)" }
        return "its columns are \(list(found)); name the right one with --map \(field.rawValue)=COLUMN"
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
        return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
    }
}

extension IntakeError.HeaderFault {
    fileprivate var sentence: String {
        switch self {
        case .empty: "the file is empty: its first line must name the columns"
        case .holdsToken: "the first line holds a Plaid token: add a line above it that names the columns"
        case .badQuoting: "a quote in the header is not closed, or text follows it: correct the first line"
        case .tooLong: "the header is longer than 1 MiB: check that this is a CSV file"
        }
    }
}

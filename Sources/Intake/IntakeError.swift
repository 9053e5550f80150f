package import Domain

/// Why an input cannot be used at all.
package enum IntakeError: Error, Equatable {
    /// The file is empty, or its first line is no header.
    case noHeader(file: String, line: Int, fault: HeaderFault)
    /// No column can hold a field that every row needs.
    case missingColumn(file: String, field: InputField, found: [String])
    /// Two columns could hold one field.
    case twoColumns(file: String, field: InputField, names: [String])
    /// The column that the user named for a field does not exist.
    case mappedColumnMissing(file: String, field: InputField, column: String, found: [String])
    /// The only owner column is of businesses, which the user did not ask for.
    case businessColumnWithoutFlag(file: String)
    /// The file is UTF-16.
    case utf16(file: String)
    /// The file is one JSON array.
    case jsonArray(file: String)
    /// Reading failed; `reason` is the system's own.
    case unreadable(file: String, reason: String)
    /// A list of rows to leave out has no column to tell them by.
    case noExclusionColumn(file: String, found: [String])
    /// A line of a list of rows to leave out cannot be used, so that none of the list is.
    case badExclusion(InvalidRow)

    /// A list of links to remove lacks a column.
    case noRemovalColumn(file: String, field: InputField, found: [String])
    /// A cut-over's plan lacks a column.
    case noPlanColumn(file: String, field: InputField, found: [String])

    /// Why a first line is no header.
    package enum HeaderFault: String, Sendable, Hashable, CaseIterable {
        case empty
        case holdsToken = "holds_token"
        case badQuoting = "bad_quoting"
        case tooLong = "too_long"
    }
}

/// A line of input that cannot be a row: where, why, and what could be read of it.
///
/// It never holds a token.
package struct InvalidRow: Sendable, Equatable {
    /// Where the record starts.
    package let position: InputPosition
    /// The column of the problem on its line, in characters from 1.
    package let column: Int
    /// The line of the problem, which differs from the record's in a record of several lines.
    package let line: Int
    /// Why the row is refused.
    package let reason: Reason
    /// One sentence that says what is wrong and what to do; never a cell's secret.
    package let message: String
    /// The user's own id, where it could be read.
    package let reference: String?
    /// The owner, where it could be read.
    package let owner: Owner?
    /// The account id, where it could be read.
    package let accountID: String?

    package init(
        position: InputPosition,
        line: Int? = nil,
        column: Int,
        reason: Reason,
        message: String,
        reference: String? = nil,
        owner: Owner? = nil,
        accountID: String? = nil
    ) {
        self.position = position
        self.line = line ?? position.line
        self.column = column
        self.reason = reason
        self.message = message
        self.reference = reference
        self.owner = owner
        self.accountID = accountID
    }

    /// Why a line of input is refused; the raw value is the stable code of files and reports.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        case wrongFieldCount = "wrong_field_count"
        case badQuoting = "bad_quoting"
        case recordTooLong = "record_too_long"
        case badJSON = "bad_json"
        case notAnObject = "not_an_object"
        case duplicateField = "duplicate_field"
        case wrongType = "wrong_type"
        case missingValue = "missing_value"
        case twoOwners = "two_owners"
        case businessOwner = "business_owner"
        case badUTF8 = "bad_utf8"
        case controlCharacter = "control_character"
        case tokenInWrongField = "token_in_wrong_field"
        case wrongEnvironment = "wrong_environment"
        case conflictingToken = "conflicting_token"
    }
}

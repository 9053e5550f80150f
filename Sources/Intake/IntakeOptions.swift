package import Domain

/// How an input is to be read.
package struct IntakeOptions: Sendable {
    /// Columns, or dotted paths of JSON keys, that the user named for fields; a named field has no other names.
    package var columns: [InputField: String]
    /// What parts the fields of a CSV line; nothing means a comma, or a tab in a `.tsv` file.
    package var delimiter: UInt8?
    /// Whether rows may belong to businesses.
    package var businessOwners: Bool
    /// Whose tokens the rows hold.
    package var environment: DeploymentEnvironment

    package init(
        columns: [InputField: String] = [:],
        delimiter: UInt8? = nil,
        businessOwners: Bool = false,
        environment: DeploymentEnvironment
    ) {
        self.columns = columns
        self.delimiter = delimiter
        self.businessOwners = businessOwners
        self.environment = environment
    }
}

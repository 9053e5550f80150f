/// A setting as it may be shown.
package struct ShownSetting: Sendable, Equatable {
    package var name: String
    /// Nothing where it is not set and has no default; never a secret.
    package var value: String?
    package var origin: String
    package var usual: String?
    /// The environment variables that set it.
    package var variables: [String]
    /// The configuration file's key.
    package var key: String
    package var meaning: String

    /// Puts a setting together.
    package init(
        name: String,
        value: String?,
        origin: String,
        usual: String?,
        variables: [String],
        key: String,
        meaning: String
    ) {
        self.name = name
        self.value = value
        self.origin = origin
        self.usual = usual
        self.variables = variables
        self.key = key
        self.meaning = meaning
    }
}

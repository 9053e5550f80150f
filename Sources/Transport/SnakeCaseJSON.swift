package import FoundationEssentials

/// How both APIs write JSON: names in snake case, which Swift's names are turned into and made of.
///
/// That costs several times what reading costs, so the calls that every row needs name their fields themselves, and are
/// written and read by `plainEncoder` and `plainDecoder`.
package enum SnakeCaseJSON {
    /// Writes names in snake case.
    package static let encoder = {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return encoder
    }()

    /// Reads names in snake case.
    package static let decoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()

    /// Writes names as they are.
    package static let plainEncoder = JSONEncoder()

    /// Reads names as they are.
    package static let plainDecoder = JSONDecoder()
}

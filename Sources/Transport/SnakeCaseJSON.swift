package import FoundationEssentials

/// How both APIs write JSON: names in snake case, which Swift's names are turned into and made of.
package enum SnakeCaseJSON {
    /// Writes names in snake case.
    package static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return encoder
    }

    /// Reads names in snake case.
    package static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }
}

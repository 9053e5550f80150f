import Domain
import Foundation
import Ledger
import Pacing

/// What the workers of a ledger share of one API, kept in the ledger as JSON.
struct LedgerClimate: SharedClimate {
    /// An endless rate is no number of JSON's.
    private static let endless = (plus: "inf", minus: "-inf", none: "nan")

    let store: ClimateStore
    let api: Domain.API

    func exchange<Result: Sendable>(
        _ body: @escaping @Sendable (inout Climate?, KeeperTime) -> Result
    ) async throws -> Result {
        try await store.exchange(api) { reading in
            // What another version has kept is nobody's: then the workers begin anew.
            var climate = reading.state.flatMap { try? Self.climate($0) }
            let time = KeeperTime(asked: reading.asked, now: reading.now, hasRestarted: reading.hasRestarted)
            let result = body(&climate, time)
            return (try Self.text(climate), result)
        }
    }

    /// Reads what `text` wrote.
    ///
    /// - Throws: `DecodingError`.
    static func climate(_ text: String) throws -> Climate {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: endless.plus,
            negativeInfinity: endless.minus,
            nan: endless.none
        )
        return try decoder.decode(Climate.self, from: Data(text.utf8))
    }

    /// A climate as it is kept.
    ///
    /// - Throws: `EncodingError`.
    static func text(_ climate: Climate?) throws -> String {
        guard let climate else { return "" }
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: endless.plus,
            negativeInfinity: endless.minus,
            nan: endless.none
        )
        return String(decoding: try encoder.encode(climate), as: UTF8.self)
    }
}

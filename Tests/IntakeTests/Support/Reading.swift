import Domain
import Intake

/// Reads a whole input at once.
enum Reading {
    static func events(
        _ bytes: [UInt8],
        name: String = "in.csv",
        pieceSize: Int = 1 << 16,
        options: IntakeOptions = IntakeOptions(environment: .sandbox)
    ) async throws -> [InputEvent] {
        var reader = RowReader(name: name, source: ArraySource(bytes, pieceSize: pieceSize), options: options)
        try await reader.open()
        var events: [InputEvent] = []
        while let more = try await reader.next() { events += more }
        return events
    }

    static func events(
        _ text: String,
        name: String = "in.csv",
        pieceSize: Int = 1 << 16,
        options: IntakeOptions = IntakeOptions(environment: .sandbox)
    ) async throws -> [InputEvent] {
        try await events(Array(text.utf8), name: name, pieceSize: pieceSize, options: options)
    }

    /// The events in the short form that tables of cases have: `row LINE` or `REASON LINE:COLUMN`.
    static func summary(
        _ text: String,
        name: String = "in.csv",
        options: IntakeOptions = IntakeOptions(environment: .sandbox)
    ) async throws -> [String] {
        try await events(text, name: name, options: options).map(summary)
    }

    static func summary(_ event: InputEvent) -> String {
        switch event {
        case .row(let row): "row \(row.position.line)"
        case .invalid(let row): "\(row.reason.rawValue) \(row.line):\(row.column)"
        }
    }

    /// The error that makes an input unusable.
    static func error(
        _ bytes: [UInt8],
        name: String = "in.csv",
        options: IntakeOptions = IntakeOptions(environment: .sandbox)
    ) async -> IntakeError? {
        do {
            _ = try await events(bytes, name: name, options: options)
            return nil
        } catch {
            return error as? IntakeError
        }
    }
}

extension InputEvent {
    var row: InputRow? {
        if case .row(let row) = self { row } else { nil }
    }

    var invalid: InvalidRow? {
        if case .invalid(let row) = self { row } else { nil }
    }

    var line: Int { row?.position.line ?? invalid?.position.line ?? 0 }
}

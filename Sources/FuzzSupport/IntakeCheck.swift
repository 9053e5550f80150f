import Domain
import Intake

/// What must hold for an input of rows.
struct IntakeCheck {
    private let bytes: [UInt8]
    private let file: String

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    func run() async throws {
        let whole = try await outcome(pieceSize: 1 << 16)
        // A long input is not cut into more pieces than a short one, or it would be all that there is time for.
        let unit = 1 + bytes.count / 1_000
        for size in [unit, 3 * unit, 7 + bytes.count % 61 + 2 * unit] {
            try require(try await outcome(pieceSize: size) == whole, "pieces of \(size) bytes change the outcome")
        }
        switch whole {
        case .failure(let error): try require(isClean("\(error)"), "the error shows a token: \(error)")
        case .success(let events):
            try checkPlaces(events)
            try checkSecrets(events)
            if file.hasSuffix(".jsonl") { try checkEveryLine(events) } else { try checkEveryRecord(events) }
        }
    }

    private func outcome(pieceSize: Int) async throws -> Result<[InputEvent], IntakeError> {
        let source = Pieces(bytes, size: pieceSize)
        var reader = RowReader(name: file, source: source, options: IntakeOptions(environment: .sandbox))
        var events: [InputEvent] = []
        do {
            while let more = try await reader.next() { events += more }
            return .success(events)
        } catch let error as IntakeError {
            return .failure(error)
        }
    }

    /// Events come in order, one for a line, and point into the input.
    private func checkPlaces(_ events: [InputEvent]) throws(FuzzFinding) {
        let count = lines.count
        var previous = 0
        for event in events {
            try require(event.line > previous, "line \(event.line) comes after line \(previous)")
            previous = event.line
            guard case .invalid(let row) = event else { continue }
            let isInside = row.line >= row.position.line && row.line <= count && row.column >= 1
            try require(isInside, "a problem at \(row.line):\(row.column) in \(count) lines")
        }
        try require(previous <= count, "a row on line \(previous) of \(count)")
    }

    private func checkSecrets(_ events: [InputEvent]) throws(FuzzFinding) {
        for event in events {
            switch event {
            case .row(let row): try require(isClean("\(row)"), "a row shows its token")
            case .invalid(let row): try require(isClean("\(row)"), "a problem shows a token: \(row.message)")
            }
        }
    }

    /// Every line of JSONL that is not blank is a row or a problem.
    private func checkEveryLine(_ events: [InputEvent]) throws(FuzzFinding) {
        let filled = lines.indices.filter { isFilled(lines[$0]) }.map { $0 + 1 }
        try require(filled == events.map(\.line), "lines \(filled) became events of \(events.map(\.line))")
    }

    /// Every line of CSV below the header that is not blank is a row or a problem, or follows a quote in one.
    private func checkEveryRecord(_ events: [InputEvent]) throws(FuzzFinding) {
        let starts = Set(events.map(\.line))
        var (hasHeader, mayGoOn) = (false, false)
        for (index, line) in lines.enumerated() {
            let isStart = hasHeader ? starts.contains(index + 1) : isFilled(line)
            if isStart {
                mayGoOn = false
                hasHeader = true
            } else if hasHeader, isFilled(line) {
                try require(mayGoOn, "line \(index + 1) is neither a row nor a problem")
            }
            mayGoOn = mayGoOn || line.contains(UInt8(ascii: "\""))
        }
    }

    private func isClean(_ text: String) -> Bool {
        !text.contains(IntakeSeeds.token)
    }

    private func isFilled(_ line: [UInt8]) -> Bool {
        line.contains { ![UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains($0) }
    }

    /// The input's lines, found in the simplest way; a lone carriage return ends a line of CSV only.
    private var lines: [[UInt8]] {
        var text = bytes
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
        var lines: [[UInt8]] = [[]]
        for (index, byte) in text.enumerated() {
            let isPairEnd = byte == 0x0A && index > 0 && text[index - 1] == 0x0D
            if byte == 0x0A && (file.hasSuffix(".jsonl") || !isPairEnd) || byte == 0x0D && file.hasSuffix(".csv") {
                lines.append([])
            } else if !isPairEnd {
                lines[lines.count - 1].append(byte)
            }
        }
        return lines
    }
}

extension InputEvent {
    fileprivate var line: Int {
        switch self {
        case .row(let row): row.position.line
        case .invalid(let row): row.position.line
        }
    }
}

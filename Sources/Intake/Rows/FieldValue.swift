import Domain

/// What a cell holds once it was looked at.
enum FieldValue {
    /// Nothing but blanks; `offset` is where a value would stand.
    case empty(offset: Int)
    case text(String, offset: Int)
    case fault(FieldFault)

    /// The value of `field`, of which `cell` tells where it stands in the bytes of `raw` or `decoded`.
    @inline(__always)
    init(_ field: InputField, _ cell: Cell, raw: Span<UInt8>, decoded: Span<UInt8>) {
        switch cell.kind {
        case .missing: self = .empty(offset: cell.origin)
        case .wrongType: self = .fault(FieldFault(field: field, reason: .wrongType, offset: cell.origin))
        case .repeated: self = .fault(FieldFault(field: field, reason: .duplicateField, offset: cell.origin))
        case .text: self.init(field, cell, in: raw, offset: 0)
        case .decodedText: self.init(field, cell, in: decoded, offset: nil)
        }
    }

    /// The text, where there is one that may be shown and kept.
    var text: String? {
        if case .text(let text, _) = self { text } else { nil }
    }

    var fault: FieldFault? {
        if case .fault(let fault) = self { fault } else { nil }
    }

    var offset: Int {
        switch self {
        case .empty(let offset), .text(_, let offset): offset
        case .fault(let fault): fault.offset
        }
    }

    /// Reads a text; `offset` is nothing where places in `bytes` say nothing about places in the input.
    private init(_ field: InputField, _ cell: Cell, in bytes: Span<UInt8>, offset: Int?) {
        func place(_ inBytes: Int) -> Int { offset == nil ? cell.origin : inBytes }
        let range = bytes.trimmed(cell.start..<cell.end)
        if range.isEmpty {
            self = .empty(offset: cell.origin)
        } else if !field.isToken, bytes.holdsToken(range) {
            self = .fault(FieldFault(field: field, reason: .tokenInWrongField, offset: place(range.lowerBound)))
        } else {
            do throws(BadUTF8) {
                let text = try bytes.text(range)
                if !field.isToken, !bytes.isPlain(range), text.withoutInvisibles.holdsToken {
                    self = .fault(FieldFault(field: field, reason: .tokenInWrongField, offset: place(range.lowerBound)))
                } else if field != .reference, !bytes.isPlain(range), let control = bytes.indexOfControl(range) {
                    self = .fault(FieldFault(field: field, reason: .controlCharacter, offset: place(control)))
                } else {
                    self = .text(text, offset: place(range.lowerBound))
                }
            } catch {
                self = .fault(FieldFault(field: field, reason: .badUTF8, offset: place(error.offset)))
            }
        }
    }
}

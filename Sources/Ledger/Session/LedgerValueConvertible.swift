/// What can be bound to a statement, and read from its answer.
package protocol LedgerValueConvertible: Sendable {
    /// The value as engines keep it.
    var ledgerValue: LedgerValue { get }

    /// Reads the value; gives nothing where it is of another kind.
    init?(_ value: LedgerValue)
}

extension LedgerValue: LedgerValueConvertible {
    package var ledgerValue: LedgerValue { self }

    package init?(_ value: LedgerValue) {
        self = value
    }
}

extension Int64: LedgerValueConvertible {
    package var ledgerValue: LedgerValue { .integer(self) }

    package init?(_ value: LedgerValue) {
        guard case .integer(let number) = value else { return nil }
        self = number
    }
}

extension Int: LedgerValueConvertible {
    package var ledgerValue: LedgerValue { .integer(Int64(self)) }

    package init?(_ value: LedgerValue) {
        guard case .integer(let number) = value else { return nil }
        self.init(exactly: number)
    }
}

extension Int32: LedgerValueConvertible {
    package var ledgerValue: LedgerValue { .integer(Int64(self)) }

    package init?(_ value: LedgerValue) {
        guard case .integer(let number) = value else { return nil }
        self.init(exactly: number)
    }
}

extension Bool: LedgerValueConvertible {
    package var ledgerValue: LedgerValue { .integer(self ? 1 : 0) }

    package init?(_ value: LedgerValue) {
        guard case .integer(let number) = value else { return nil }
        self = number != 0
    }
}

extension Double: LedgerValueConvertible {
    package var ledgerValue: LedgerValue { .real(self) }

    package init?(_ value: LedgerValue) {
        switch value {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: return nil
        }
    }
}

extension String: LedgerValueConvertible {
    package var ledgerValue: LedgerValue { .text(self) }

    package init?(_ value: LedgerValue) {
        guard case .text(let text) = value else { return nil }
        self = text
    }
}

extension [UInt8]: LedgerValueConvertible {
    package var ledgerValue: LedgerValue { .blob(self) }

    package init?(_ value: LedgerValue) {
        guard case .blob(let bytes) = value else { return nil }
        self = bytes
    }
}

extension Optional: LedgerValueConvertible where Wrapped: LedgerValueConvertible {
    package var ledgerValue: LedgerValue { self?.ledgerValue ?? .null }

    package init?(_ value: LedgerValue) {
        guard value != .null else {
            self = Self(nilLiteral: ())
            return
        }
        guard let wrapped = Wrapped(value) else { return nil }
        self = wrapped
    }
}

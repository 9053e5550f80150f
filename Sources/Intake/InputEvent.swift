package import Domain

/// What one line of input turned out to be.
package enum InputEvent: Sendable, Equatable {
    case row(InputRow)
    case invalid(InvalidRow)
}

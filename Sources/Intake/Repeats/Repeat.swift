package import Domain

/// Whether a row's identity was seen before in the input.
package enum Repeat: Sendable, Equatable {
    case first
    /// The identity was seen with the same token: nothing is to be done about this row.
    case duplicate(of: InputPosition)
    /// The identity was seen with another token: the first row stands and this one is invalid.
    case conflict(with: InputPosition)
}

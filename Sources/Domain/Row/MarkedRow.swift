/// A row of the input with the ledger's mark of all that the input says of it: of whom and which account it is, its token
/// and its reference.
///
/// A mark takes no transaction to make. A row whose mark is that of a linked one has nothing to be done.
package struct MarkedRow: Sendable, Equatable {
    package let row: InputRow
    /// The halves of a keyed hash of 128 bits: numbers are what an index finds fastest.
    package let high: Int64
    package let low: Int64

    package init(_ row: InputRow, high: Int64, low: Int64) {
        (self.row, self.high, self.low) = (row, high, low)
    }
}

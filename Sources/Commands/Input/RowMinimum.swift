/// How many rows an input has to have, so that an export that broke off is noticed.
struct RowMinimum: Sendable {
    /// Nothing where any number will do.
    let least: Int?

    /// Why an input with so many rows, now that it has been read to its end, is not to be believed.
    func shortage(rows: Int) -> String? {
        guard let least, rows < least else { return nil }
        return "the rows of the input are \(rows), fewer than --min-rows \(least): look at the export they come from"
    }

    /// Makes sure that an input that was read to its end is to be believed.
    ///
    /// - Throws: `CommandFailure` 65.
    func check(rows: Int) throws {
        if let shortage = shortage(rows: rows) { throw CommandFailure(.unusableInput, shortage) }
    }
}

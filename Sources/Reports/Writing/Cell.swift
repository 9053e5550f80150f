/// What a column holds for one row.
enum Cell: Sendable {
    case text(String?)
    case number(Int?)

    /// Writes the cell as JSON, absent values as `null`.
    func appendJSON(to buffer: inout [UInt8]) {
        switch self {
        case .text(let text?): JSONString.append(text, to: &buffer)
        case .number(let number?): buffer.append(contentsOf: String(number).utf8)
        case .text(nil), .number(nil): buffer.append(contentsOf: "null".utf8)
        }
    }
}

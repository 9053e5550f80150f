/// Bytes that arrive in pieces and are read once: a file, standard input, or a test's array.
package protocol ByteSource: Sendable {
    /// The next piece, of any size; empty at the end.
    mutating func read() async throws -> [UInt8]
}

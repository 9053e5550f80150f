import Domain

/// Hands out bytes in pieces of a given size.
struct ArraySource: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let pieceSize: Int

    init(_ bytes: [UInt8], pieceSize: Int = 1 << 16) {
        rest = bytes[...]
        self.pieceSize = pieceSize
    }

    mutating func read() async throws -> [UInt8] {
        let piece = Array(rest.prefix(pieceSize))
        rest = rest.dropFirst(pieceSize)
        return piece
    }
}

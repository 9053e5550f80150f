#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// SQLite's write-ahead log as a file, in the format that https://www.sqlite.org/fileformat2.html#walformat documents.
///
/// SQLite reads it up to the first frame whose checksum is wrong, and takes what follows for the torn end of a commit
/// that was never durable. Where whole commits follow, that cannot be: each was synced before the next began. Then the
/// log was damaged later, and what SQLite would leave out without a word are intents and links.
struct WriteAheadLog {
    private let path: String
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    init(_ ledger: String) {
        path = ledger + "-wal"
    }

    /// What is wrong with the log; nothing where there is none.
    ///
    /// - Throws: `LedgerError.cannotRead`.
    func fault() throws -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw LedgerError.cannotRead(path: path, why: SystemFault.now)
        }
        defer { close(descriptor) }
        let header = try bytes(descriptor, at: 0, count: Self.headerSize)
        guard header.count == Self.headerSize else { return nil }
        guard let sums = Checksum(header: header) else {
            let isMore = try !bytes(descriptor, at: Self.headerSize, count: 1).isEmpty
            return isMore ? "the head of its log \(path) is damaged" : nil
        }
        return try fault(in: descriptor, header: header, sums)
    }

    private func fault(in descriptor: Int32, header: [UInt8], _ start: Checksum) throws -> String? {
        let pageSize = Int(word(header, 8))
        let size = Self.frameHeaderSize + pageSize
        var (sums, number, commits, firstBad) = (start, 0, 0, Int?.none)
        while true {
            let frame = try bytes(descriptor, at: Self.headerSize + number * size, count: size)
            guard frame.count == size else { return nil }
            let isOurs = frame[8..<16].elementsEqual(header[16..<24])
            sums.add(frame[0..<8])
            sums.add(frame[24...])
            let stored = (word(frame, 16), word(frame, 20))
            let isSound = sums.words == stored
            // A frame's sums go on from those of the one before, so that what follows a bad one can be judged, too. A
            // commit that failed leaves frames behind that go on from nothing: they never hold a second commit.
            if !isSound { commits = 0 }
            if isOurs, word(frame, 4) != 0 { commits += 1 }
            if firstBad == nil, !isOurs || !isSound { firstBad = number }
            number += 1
            if let firstBad, isOurs, commits > 1 {
                return "its log \(path) is damaged at frame \(firstBad + 1), and whole commits follow"
            }
            if firstBad == nil { commits = 0 }
            sums.words = stored
        }
    }

    private func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private func bytes(_ descriptor: Int32, at offset: Int, count: Int) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let read = pread(descriptor, &buffer, count, off_t(offset))
        guard read >= 0 else { throw LedgerError.cannotRead(path: path, why: SystemFault.now) }
        return Array(buffer.prefix(read))
    }

    /// The running sums over a log.
    private struct Checksum {
        var words: (UInt32, UInt32) = (0, 0)
        private let isBigEndian: Bool

        /// The sums after a log's head, or nothing where it is not one.
        init?(header: [UInt8]) {
            let head = header.withUnsafeBytes { bytes in
                (0..<8).map { UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
            }
            guard head[0] & ~1 == 0x377F_0682, head[2] >= 512, head[2] <= 65_536 else { return nil }
            isBigEndian = head[0] & 1 == 1
            add(header[0..<24])
            guard words == (head[6], head[7]) else { return nil }
        }

        mutating func add(_ bytes: ArraySlice<UInt8>) {
            bytes.withUnsafeBytes { bytes in
                for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
                    words.0 &+= word(bytes, offset) &+ words.1
                    words.1 &+= word(bytes, offset + 4) &+ words.0
                }
            }
        }

        private func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
            let value = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
        }
    }
}

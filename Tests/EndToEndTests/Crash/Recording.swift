import Foundation

/// What happened to a ledger's files and which requests began to leave, in order, as the preloaded library put it down.
struct Recording: Sendable {
    /// Whose call a request is; the numbers are those of the record.
    enum API: UInt64, Sendable {
        case bond = 1
        case plaid
        case list
    }

    /// One record; `through` is the index of the last event that a sync is about.
    enum Event: Sendable {
        case begun
        case opened(file: String, isNew: Bool)
        case written(file: String, offset: Int, bytes: Data)
        case truncated(file: String, size: Int)
        case synced(file: String, through: Int)
        case folderSynced(through: Int)
        case unlinked(file: String)
        case request(API, connection: UInt32, bytes: Data)
        case more(connection: UInt32, bytes: Data)
        case answered(connection: UInt32)
    }

    private static let headSize = 32

    private(set) var events: [Event] = []
    /// The index of the event with which the running process began: records count from there.
    private var start = 0
    private var names: [UInt32: String] = [:]

    /// Reads the record at `path`; a last piece that a kill cut off is left out.
    init(path: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        var place = 0
        while place + Self.headSize <= bytes.count {
            let length = Int(bytes.number(at: place + 16))
            guard place + Self.headSize + length <= bytes.count else { break }
            let payload = bytes.subdata(in: place + Self.headSize..<place + Self.headSize + length)
            add(
                kind: UInt32(truncatingIfNeeded: bytes.number(at: place)),
                file: UInt32(truncatingIfNeeded: bytes.number(at: place) >> 32),
                offset: bytes.number(at: place + 8),
                payload
            )
            place += Self.headSize + length
        }
    }

    private mutating func add(kind: UInt32, file: UInt32, offset: UInt64, _ payload: Data) {
        let text = String(decoding: payload, as: UTF8.self)
        let name = names[file] ?? ""
        switch kind {
        case 0: begin()
        case 1: give(file, name: text, isNew: offset == 1)
        case 2: events.append(.written(file: name, offset: Int(offset), bytes: payload))
        case 3: events.append(.truncated(file: name, size: Int(offset)))
        case 4: events.append(.synced(file: name, through: start + Int(offset) - 1))
        case 5: events.append(.folderSynced(through: start + Int(offset) - 1))
        case 6: events.append(.unlinked(file: text))
        case 7: events.append(.request(API(rawValue: offset) ?? .list, connection: file, bytes: payload))
        case 8: events.append(.more(connection: file, bytes: payload))
        default: events.append(.answered(connection: file))
        }
    }

    private mutating func begin() {
        start = events.count
        names = [:]
        events.append(.begun)
    }

    private mutating func give(_ file: UInt32, name: String, isNew: Bool) {
        names[file] = name
        events.append(.opened(file: name, isNew: isNew))
    }
}

extension Data {
    /// Eight bytes as a number, in this machine's order.
    fileprivate func number(at place: Int) -> UInt64 {
        self[place..<place + 8].withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    }
}

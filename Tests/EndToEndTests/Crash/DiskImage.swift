import Foundation
import TestSupport

/// The files of a ledger as a disk has them after a power cut.
struct DiskImage {
    /// What the disk kept of what nobody had asked it to sync.
    enum Kind: Sendable, CaseIterable {
        /// Nothing.
        case syncedOnly
        /// Any sectors of any writes, and the names up to any moment.
        case torn
    }

    /// A file from its making to its removal: another one may take its name.
    private struct Incarnation {
        let made: Int
        var removed: Int?
        var bytes = Data()
    }

    private static let sector = 512

    private let recording: Recording
    private let cut: Int
    private let kind: Kind
    private var random: SeededGenerator
    /// Up to which event each file's content is on the disk, by the event that made the file.
    private var synced: [Int: Int] = [:]
    /// Up to which event the names are on the disk.
    private var namesKept = -1

    /// Prepares the image for a power cut before event number `cut`.
    init(_ recording: Recording, cut: Int, kind: Kind, random: SeededGenerator) {
        self.recording = recording
        self.cut = cut
        self.kind = kind
        self.random = random
    }

    /// The bytes of each file there is, by name.
    func files() -> [String: Data] {
        var image = self
        image.findSyncs()
        return image.replay()
    }

    private mutating func findSyncs() {
        var current: [String: Int] = [:]
        for (index, event) in recording.events.prefix(cut).enumerated() {
            switch event {
            case .opened(let file, true): current[file] = index
            case .synced(let file, let through): current[file].map { synced[$0] = through }
            case .folderSynced(let through): namesKept = through
            default: break
            }
        }
        if kind == .torn, namesKept < cut { namesKept = Int.random(in: max(namesKept, 0)...cut, using: &random) }
    }

    private mutating func replay() -> [String: Data] {
        var files: [String: [Incarnation]] = [:]
        let share = random.pick([10, 50, 90])
        for (index, event) in recording.events.prefix(cut).enumerated() {
            switch event {
            case .opened(let file, true): files[file, default: []].append(Incarnation(made: index))
            case .unlinked(let file): files[file]?.lastUpdate { $0.removed = index }
            case .written(let file, let offset, let bytes):
                let isKept = isSynced(index, files[file]?.last?.made)
                files[file]?.lastUpdate { write(bytes, at: offset, to: &$0.bytes, share: isKept ? 100 : share) }
            case .truncated(let file, let size):
                let isKept = isSynced(index, files[file]?.last?.made) || isKeptByChance(share)
                if isKept { files[file]?.lastUpdate { $0.bytes.resize(to: size) } }
            default: break
            }
        }
        return files.compactMapValues { incarnations in
            incarnations.last { $0.made <= namesKept && ($0.removed ?? .max) > namesKept }?.bytes
        }
    }

    private func isSynced(_ index: Int, _ made: Int?) -> Bool {
        made.flatMap { synced[$0] }.map { index <= $0 } ?? false
    }

    private mutating func isKeptByChance(_ share: Int) -> Bool {
        kind == .torn && random.chance(percent: share)
    }

    /// Writes the sectors that the disk keeps.
    private mutating func write(_ bytes: Data, at offset: Int, to file: inout Data, share: Int) {
        var place = offset
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(share == 100 ? rest.count : Self.sector - place % Self.sector)
            if share == 100 || isKeptByChance(share) {
                if file.count < place + piece.count { file.resize(to: place + piece.count) }
                file.replaceSubrange(place..<place + piece.count, with: piece)
            }
            place += piece.count
            rest = rest.dropFirst(piece.count)
        }
    }
}

extension Array {
    fileprivate mutating func lastUpdate(_ edit: (inout Element) -> Void) {
        guard let index = indices.last else { return }
        edit(&self[index])
    }
}

extension Data {
    /// Cuts the end off or fills it up with zeros.
    fileprivate mutating func resize(to size: Int) {
        if count > size { removeSubrange(size..<count) } else { append(Data(count: size - count)) }
    }
}

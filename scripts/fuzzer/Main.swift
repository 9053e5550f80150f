import Foundation
import FuzzSupport
import Synchronization

/// The subject named by `RELINK_FUZZ_SUBJECT`.
private let subject = FuzzSubject.all.first {
    $0.name == ProcessInfo.processInfo.environment["RELINK_FUZZ_SUBJECT"]
}

/// How many inputs were dealt with.
private let done = Mutex(0)

/// What libFuzzer calls first: checks that there is a subject.
///
/// With `RELINK_FUZZ_EXPORT` it writes the seeds and words of every subject to that folder and ends.
@_cdecl("LLVMFuzzerInitialize")
package func initialize(_ count: UnsafeRawPointer, _ arguments: UnsafeRawPointer) -> CInt {
    if let folder = ProcessInfo.processInfo.environment["RELINK_FUZZ_EXPORT"] {
        do {
            try export(to: URL(fileURLWithPath: folder))
            exit(0)
        } catch {
            fatalError("cannot export: \(error)")
        }
    }
    if subject == nil {
        print("RELINK_FUZZ_SUBJECT must be one of \(FuzzSubject.all.map(\.name).joined(separator: " "))")
        exit(64)
    }
    return 0
}

/// Feeds one input; whatever does not hold ends the process, which is how libFuzzer hears of it.
@_cdecl("LLVMFuzzerTestOneInput")
package func feed(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let before = done.withLock { $0 }
    // No subject waits for anything, so that all of it is done before this returns.
    Task.immediate {
        do {
            try await subject?.check(bytes)
        } catch {
            fatalError("does not hold: \(error)")
        }
        done.withLock { $0 += 1 }
    }
    if done.withLock({ $0 }) == before { fatalError("the subject waits for something") }
    return 0
}

private func export(to folder: URL) throws {
    for subject in FuzzSubject.all {
        let seeds = folder.appendingPathComponent(subject.name)
        try FileManager.default.createDirectory(at: seeds, withIntermediateDirectories: true)
        for (number, seed) in subject.seeds.enumerated() {
            try Data(seed).write(to: seeds.appendingPathComponent("seed-\(number)"))
        }
        let words = subject.words.map { "\"\($0.utf8.map(escaped).joined())\"\n" }.joined()
        try Data(words.utf8).write(to: folder.appendingPathComponent("\(subject.name).words"))
        print(subject.name)
    }
}

/// A byte as libFuzzer's dictionaries have it.
private func escaped(_ byte: UInt8) -> String {
    "\\x" + String(256 + Int(byte), radix: 16).dropFirst()
}

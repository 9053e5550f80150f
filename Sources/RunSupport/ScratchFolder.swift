import FoundationEssentials

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A folder that is there for one test and gone afterwards.
package struct ScratchFolder: Sendable {
    package let path: String

    /// Runs `body` with a new folder and removes it with everything in it.
    ///
    /// - Parameters:
    ///   - inMemory: Whether what is in it may be gone with the power, where the system has a place for such files.
    ///   - body: Gets the folder.
    /// - Returns: What `body` returns.
    /// - Throws: `ScratchError`, and what `body` throws.
    package static func with<Result>(
        inMemory: Bool = false,
        _ body: (ScratchFolder) async throws -> Result
    ) async throws -> Result {
        let memory = "/dev/shm"
        let isThere = inMemory && FileManager.default.isWritableFile(atPath: memory)
        let base = isThere ? memory : FileManager.default.temporaryDirectory.path
        var template = Array((base + "/relink-test-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw ScratchError.cannotMake(errno) }
        let bytes = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let folder = ScratchFolder(path: LedgerPaths.real(String(decoding: bytes, as: UTF8.self)))
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        return try await body(folder)
    }

    /// The path of a file in the folder.
    package func file(_ name: String) -> String {
        path + "/" + name
    }

    /// The permission bits of a file, or nothing where there is none.
    package static func mode(of path: String) -> UInt32? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return status.st_mode & 0o777
    }

    /// The bytes of a file; none where there is no such file.
    package static func bytes(of path: String) -> [UInt8] {
        FileManager.default.contents(atPath: path).map { Array($0) } ?? []
    }

    /// Writes a file.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Removes a file.
    package static func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: path)
    }
}

/// A scratch folder cannot be made.
package enum ScratchError: Error {
    case cannotMake(Int32)
}

private enum LedgerPaths {
    /// The path with links resolved.
    static func real(_ path: String) -> String {
        guard let name = realpath(path, nil) else { return path }
        defer { free(name) }
        return String(cString: name)
    }
}

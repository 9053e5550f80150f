import Foundation
import Simulator
import Testing

/// The built program, run as a user runs it.
struct Tool: Sendable {
    /// What a run of the program came to.
    struct Outcome: Sendable {
        let exitCode: Int32
        /// The signal that ended it, if one did.
        let signal: Int32?
        let output: String
        let errors: String

        /// The output as one JSON document.
        func json() throws -> [String: Any] {
            let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
            return try #require(object as? [String: Any])
        }
    }

    let folder: Scratch
    var environment: [String: String] = [:]

    /// A tool that talks to a simulator with its standard credentials.
    init(_ folder: Scratch, url: String? = nil) {
        self.folder = folder
        guard let url else { return }
        let credentials = SimulatorConfiguration.Credentials.standard
        environment = [
            "RELINK_ENV": "sandbox", "PLAID_BASE_URL": url, "BOND_BASE_URL": url,
            "PLAID_CLIENT_ID": credentials.plaidClientID, "PLAID_SECRET": credentials.plaidSecret,
            "BOND_IDENTITY": credentials.bondIdentity, "BOND_AUTHORIZATION": credentials.bondAuthorization,
        ]
    }

    /// Runs the program to its end.
    func run(_ arguments: String..., input: String? = nil) async throws -> Outcome {
        try await start(arguments, input: input).end()
    }

    /// Starts the program, where `prelude` is given from a shell that does this first, such as `ulimit -n 32`.
    func start(_ arguments: [String], input: String? = nil, prelude: String? = nil) throws -> Running {
        let name = UUID().uuidString
        let (output, errors) = (folder.path("\(name).out"), folder.path("\(name).err"))
        if let input { try folder.write(input, to: "\(name).in") }
        return try Running(
            Running.Launch(
                executable: prelude == nil ? Self.executable.path : "/bin/sh",
                arguments: prelude.map { ["-c", "\($0) && exec \"$0\" \"$@\"", Self.executable.path] + arguments }
                    ?? arguments,
                environment: environment.merging(Self.surroundings) { own, _ in own },
                folder: folder.url.path,
                input: input == nil ? "/dev/null" : folder.path("\(name).in"),
                output: output,
                errors: errors
            )
        )
    }

    /// What the program gets of this process's environment: how a sanitizer reports, nothing else.
    private static let surroundings = ProcessInfo.processInfo.environment
        .filter { ["TSAN_OPTIONS", "ASAN_OPTIONS", "SWIFT_BACKTRACE"].contains($0.key) }
        .merging(["PATH": "/usr/bin:/bin"]) { _, path in path }

    /// The program stands beside the bundle of tests.
    static let executable: URL = {
        let start = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        let folders = sequence(first: start) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
        let found = folders.map { $0.appendingPathComponent("relink") }.first {
            FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath
        }
        return found ?? URL(fileURLWithPath: "relink")
    }()
}

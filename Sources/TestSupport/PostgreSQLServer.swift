import Foundation
import Synchronization

/// A PostgreSQL server of this process's own, in a folder of its own, which ends with the process.
package final class PostgreSQLServer: Sendable {
    /// The one of this process; nothing where none can be had, which is told once.
    package static let shared: PostgreSQLServer? = {
        let server = PostgreSQLServer()
        if server == nil {
            FileHandle.standardError.write(
                Data(
                    "No PostgreSQL server to test with: install postgresql (Debian: apt-get install postgresql).\n".utf8
                )
            )
        }
        return server
    }()

    /// Another one, that may be killed.
    ///
    /// It has to be asked for before a test starts any program: a process that is
    /// started later keeps the pipes of those open.
    package static let spare = PostgreSQLServer()

    /// Where its socket is.
    private let folder: String
    private let count = Mutex(0)
    /// The server ends when nobody has the other end of this any more.
    private let life: FileHandle

    private init?() {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", Self.script]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        // The server has the other end of the output, too, so only the first line is waited for.
        var line: [UInt8] = []
        while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        guard !line.isEmpty else { return nil }
        folder = String(decoding: line, as: UTF8.self)
        life = input.fileHandleForWriting
    }

    /// The URL of an empty schema that nobody else has.
    package func makeSchema() throws -> String {
        let name = count.withLock { count in
            count += 1
            return "ledger\(count)"
        }
        try psql("CREATE SCHEMA \(name)")
        return "postgresql://relink@/postgres?host=\(folder)&options=-csearch_path%3D\(name)"
    }

    /// Executes a statement as an administrator.
    ///
    /// - Returns: What it finds, one row a line.
    @discardableResult
    package func psql(_ sql: String) throws -> String {
        let (status, text) = try SystemCommand.run(
            "psql",
            "-XAtq",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            folder,
            "-U",
            "relink",
            "postgres",
            "-c",
            sql
        )
        guard status == 0 else { throw Failure(sql: sql) }
        return text
    }

    /// Kills the server without a warning; it comes back once `body` is done.
    package func kill(while body: () async throws -> Void) async throws {
        let down = folder + "/data/down"
        _ = try SystemCommand.run("touch", down)
        try kill()
        try await body()
        _ = try SystemCommand.run("rm", down)
    }

    /// Kills the server without a warning; it comes back.
    package func kill() throws {
        let text = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
        guard let number = text.split(separator: "\n").first.flatMap({ Int32($0) }) else { throw Failure(sql: "kill") }
        guard try SystemCommand.run("kill", "-KILL", "\(number)").status == 0 else { throw Failure(sql: "kill") }
    }

    /// Thrown where the server does not do what it is told.
    package struct Failure: Error {
        package let sql: String
    }

    /// Nothing is synced, and nobody is asked for a password.
    ///
    /// PostgreSQL does not run as root.
    private static let script = """
        PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1):/usr/local/pgsql/bin
        for program in initdb postgres psql pg_isready; do command -v $program >/dev/null || exit 1; done
        as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid postgres --regid postgres --clear-groups "$@"; else "$@"; fi; }
        folder=$(mktemp -d /tmp/relink-postgres.XXXXXX) || exit 1
        [ "$(id -u)" != 0 ] || chown postgres "$folder"
        cd "$folder"
        as initdb -D "$folder/data" -A trust -U relink -E UTF8 --no-sync >/dev/null || exit 1
        # One that is killed comes back, as under any supervisor.
        while [ ! -e "$folder/end" ]; do
            while [ -e "$folder/data/down" ] && [ ! -e "$folder/end" ]; do sleep 0.1; done
            as postgres -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c max_connections=300
            sleep 0.1
        done >/dev/null 2>>"$folder/log" </dev/null &
        for try in $(seq 300); do pg_isready -q -h "$folder" && break; sleep 0.1; done
        echo "$folder"
        read -r nothing
        touch "$folder/end"
        kill -INT "$(head -n 1 "$folder/data/postmaster.pid")"
        wait
        rm -rf "$folder"
        """
}

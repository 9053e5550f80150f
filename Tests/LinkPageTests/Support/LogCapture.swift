import Logging
import TestSupport

/// A logger whose lines a test can read.
struct LogCapture: Sendable {
    private struct Handler: LogHandler {
        let lines: EventLog<String>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let told = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            lines.append(([event.message.description] + told.map { "\($0.key)=\($0.value)" }).joined(separator: " "))
        }
    }

    private let log = EventLog<String>()

    var lines: [String] { log.events }
    var logger: Logger { Logger(label: "test", factory: { _ in Handler(lines: log) }) }
}

import Logging
import Reports

/// Brings what the program logs to standard error, above the lines that are drawn there.
struct ConsoleLogHandler: LogHandler {
    var logLevel = Logger.Level.notice
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
        let fields = all.map { (name: $0.key, value: "\($0.value)") }
        let message = "\(event.message)"
        Console.tell(LogLine("\(event.level)", message, message, fields, style: .full, at: Surroundings.now()))
    }
}

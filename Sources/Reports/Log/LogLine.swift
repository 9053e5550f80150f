package import Domain

/// One thing that happened, for people as text or for programs as a JSON object on a line.
package struct LogLine: Sendable {
    /// A name and its value.
    package typealias Field = (name: String, value: String)

    /// How much of a line people are shown.
    package enum Style: Sendable {
        /// The message alone.
        case plain
        /// The time and the message.
        case timed
        /// Everything.
        case full
    }

    private let level: String
    private let event: String
    private let message: String
    private let fields: [Field]
    private let style: Style
    private let at: Timestamp

    /// Makes a line.
    ///
    /// - Parameters:
    ///   - level: `debug`, `info`, `notice`, `warning`, `error`.
    ///   - event: The event's name, which stays the same from version to version.
    ///   - message: What happened, for people.
    ///   - fields: What there is to know besides, in order.
    ///   - style: How much of it people are shown.
    ///   - at: When it happened.
    package init(
        _ level: String,
        _ event: String,
        _ message: String,
        _ fields: [Field] = [],
        style: Style = .plain,
        at: Timestamp
    ) {
        (self.level, self.event, self.message) = (level, event, message)
        (self.fields, self.style, self.at) = (fields, style, at)
    }

    /// The text for people, without characters that a terminal would take for orders.
    package var text: String {
        shown.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
            .joined(separator: "\n")
    }

    /// The object, without a line break.
    package var json: String {
        let head: [(String, JSONValue)] = [
            ("time", JSONValue(at)), ("level", .string(level)), ("event", .string(event)),
            ("message", .string(message)),
        ]
        return JSONValue.object(head + fields.map { ($0.name, .string($0.value)) }).text
    }

    private var shown: String {
        switch style {
        case .plain: message
        case .timed: "\(at) \(message)"
        case .full: (["\(at) \(level) \(message)"] + fields.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
        }
    }
}

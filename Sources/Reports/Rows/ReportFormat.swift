/// The forms a report of rows comes in; the raw value is the option's.
package enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    case csv
    case jsonl
    case json
    case markdown

    /// What names of files in this form end with.
    package var fileExtension: String {
        self == .markdown ? "md" : rawValue
    }
}

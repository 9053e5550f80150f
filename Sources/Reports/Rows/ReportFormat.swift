/// The forms a report of rows comes in; the raw value is the option's.
package enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    case csv
    case jsonl
    case json
    case markdown
}

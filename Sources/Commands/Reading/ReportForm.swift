import ArgumentParser
import Reports

/// The forms that `report` writes; all but the page are made of rows.
enum ReportForm: String, CaseIterable, ExpressibleByArgument {
    case csv
    case jsonl
    case json
    case markdown
    case html

    /// The form of rows; nothing for the page.
    var rows: ReportFormat? { ReportFormat(rawValue: rawValue) }
}

import Domain
import Reports

/// A run's summary in the form that was asked for.
enum SummaryDocumentText {
    /// The document that scripts read.
    static func json(_ summary: RunSummary) -> String { SummaryDocument(summary).json }

    /// The lines that people read.
    static func text(_ summary: RunSummary) -> String { SummaryText(summary).text }

    /// How the run ended, on one line.
    static func title(_ summary: RunSummary) -> String { SummaryText(summary).title }

    /// Why a run stopped, in a sentence.
    static func reason(_ stop: RunStop) -> String {
        switch stop {
        case .refused(let why), .unavailable(let why), .halted(let why), .unusableInput(let why), .unwritable(let why):
            why
        case .limit: "stopped at --limit."
        case .sampled: "only a --sample of the rows was attempted."
        case .told: "stopped by relink control; everything done is kept."
        case .deadline: "stopped at --max-duration."
        case .interrupted: "interrupted; everything done is kept."
        }
    }
}

import Foundation

/// A run of the program that is over.
struct EndedRun: Sendable {
    let start: Date
    let end: Date
    let outcome: Tool.Outcome
}

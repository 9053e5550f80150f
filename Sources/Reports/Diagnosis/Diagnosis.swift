/// What `relink doctor` has found: a list of checks, each with a verdict.
package struct Diagnosis: Sendable, Equatable {
    /// How a check came out; the raw value is what scripts read.
    package enum Verdict: String, Sendable, CaseIterable {
        case ok
        /// Worth knowing, and no reason to stop.
        case warn
        /// Nothing may go on before this is mended.
        case fail
    }

    /// One check.
    package struct Check: Sendable, Equatable {
        /// What was looked at, as `ledger rows`; scripts know a check by it.
        package var name: String
        package var verdict: Verdict
        /// What was seen.
        package var detail: String
        /// What to do now; nothing where there is nothing to do.
        package var advice: String?

        /// Puts a check together.
        package init(_ name: String, _ verdict: Verdict, _ detail: String, advice: String? = nil) {
            self.name = name
            self.verdict = verdict
            self.detail = detail
            self.advice = advice
        }
    }

    package var checks: [Check]

    /// Makes a diagnosis of checks, in the order they are shown in.
    package init(_ checks: [Check]) {
        self.checks = checks
    }

    /// The worst of all verdicts.
    package var verdict: Verdict {
        Verdict.allCases.last { verdict in checks.contains { $0.verdict == verdict } } ?? .ok
    }
}

import ArgumentParser
import Domain
import Ledger

/// Which rows a report is about, and in which shape it comes.
struct ReportOptions: ParsableArguments {
    @Option(help: "Only rows in these states, parted by commas.")
    var state: String?

    @Flag(help: "Only linked rows: which account became which link.")
    var mapping = false

    @Option(help: "Only rows settled since: a time as 2026-11-23T21:00:00Z, a day, or how long ago as 20h.")
    var since: String?

    @Option(
        help: """
            Only rows that this run worked on, and its invalid ones; last and previous name the newest runs. With html: \
            whose calls are drawn.
            """
    )
    var run: String?

    @Flag(help: "Only rows whose connection to the bank needs its user, as relink items check found it.")
    var unhealthy = false

    @Flag(help: "Further columns at the end: how the connection was when it was last checked, and a proposed account.")
    var health = false

    @Option(help: "Write one file for each action into this folder.")
    var split: String?

    @Option(
        parsing: .upToNextOption,
        help: "Two runs, the earlier one first: write the rows that changed between their ends."
    )
    var compare: [String] = []

    /// Makes sure that the options can be used together.
    ///
    /// - Throws: `CommandFailure` 64.
    func check(_ form: ReportForm, output: String?) throws {
        if mapping, state != nil { throw Self.clash("--mapping", "--state") }
        if split != nil, output != nil { throw Self.clash("--split", "--output") }
        if split != nil, mapping { throw Self.clash("--split", "--mapping") }
        if form == .html, let option = filters.first(where: { $0 != "--run" }) {
            throw Self.clash("--format html", option)
        }
        guard !compare.isEmpty else { return }
        guard compare.count == 2 else {
            throw CommandFailure(.usage, "--compare takes two runs, the earlier one first, as --compare previous last.")
        }
        if let option = filters.first(where: { $0 != "--compare" }) { throw Self.clash("--compare", option) }
    }

    /// What the rows must meet.
    func filter(_ ledger: LedgerReader) throws -> RowFilter {
        RowFilter(
            states: try states(),
            since: try moment(),
            run: try run.map { try ledger.run(named: $0).number },
            isUnhealthy: unhealthy
        )
    }

    /// The options that say which rows, as they were typed.
    var selection: [String] {
        let values = [("--state", state), ("--since", since), ("--run", run)].compactMap { name, value in
            value.map { [name, $0] }
        }
        return values.flatMap(\.self) + (mapping ? ["--mapping"] : []) + (unhealthy ? ["--unhealthy"] : [])
            + (compare.isEmpty ? [] : ["--compare"] + compare)
    }

    /// Which options narrow or change what the report is about.
    private var filters: [String] {
        [
            ("--state", state != nil), ("--mapping", mapping), ("--since", since != nil), ("--run", run != nil),
            ("--unhealthy", unhealthy), ("--health", health), ("--split", split != nil),
            ("--compare", !compare.isEmpty),
        ].filter(\.1).map(\.0)
    }

    private func states() throws -> Set<RowState>? {
        guard !mapping else { return [.linked] }
        guard let names = state?.split(separator: ",").map(String.init) else { return nil }
        let states = names.compactMap(RowState.init(rawValue:))
        guard !states.isEmpty, states.count == names.count else {
            let known = RowState.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "--state takes any of \(known).")
        }
        return Set(states)
    }

    private func moment() throws -> Timestamp? {
        guard let since else { return nil }
        guard let moment = ValueForms.moment(since, now: Surroundings.now()) else {
            throw CommandFailure(
                .usage,
                "--since is \"\(since)\", neither a time such as 2026-11-23T21:00:00Z, a day such as 2026-11-23, nor a "
                    + "duration such as 20h."
            )
        }
        return moment
    }

    private static func clash(_ one: String, _ other: String) -> CommandFailure {
        CommandFailure(.usage, "\(one) and \(other) cannot be used together.")
    }
}

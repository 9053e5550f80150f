import Domain
import Ledger
import RunSupport

/// What the ledger does for a row.
enum LedgerPieces {
    private static let rows = 4_096
    private static let batch = 512
    /// Steps that are committed together, as with so many calls at a time.
    private static let together = 64

    static func time() async throws {
        try await ScratchFolder.with { folder in
            let path = folder.file("bench.sqlite")
            let ledger = try LedgerWriter(Sample.opening(path))
            let input = Sample.rows(rows)
            Stopwatch.time("a row's mark", count: rows) { precondition(ledger.marked(input).count == rows) }
            let links = try await admit(input, ledger)
            try await timeSteps(links, ledger)
        }
        try await ScratchFolder.with { folder in
            try await timeKnownRows(folder.file("known.sqlite"))
        }
    }

    /// Takes so many rows of the steps of a run through a new ledger, as many at a time as share a commit.
    static func take(_ path: String, rows: Int) async throws {
        let ledger = try LedgerWriter(Sample.opening(path))
        let links = try await admit(Sample.rows(rows), ledger)
        for start in stride(from: 0, to: rows, by: together) {
            try await link(Array(links[start..<min(start + together, rows)]), ledger)
        }
    }

    private static func admit(_ input: [InputRow], _ ledger: LedgerWriter) async throws -> [Link] {
        var links: [Link] = []
        for start in stride(from: 0, to: input.count, by: batch) {
            let admissions = try await ledger.admit(
                Array(input[start..<min(start + batch, input.count)]),
                policy: Sample.policy()
            )
            for case .work(let link, _) in admissions { links.append(link) }
        }
        return links
    }

    /// The step of a row that may be taken over and over: what is timed is its statement and its share of a commit.
    private static func timeSteps(_ links: [Link], _ ledger: LedgerWriter) async throws {
        try await Stopwatch.time("a step, \(together) to a commit", count: links.count) {
            for start in stride(from: 0, to: links.count, by: together) {
                try await withThrowingTaskGroup { group in
                    for link in links[start..<min(start + together, links.count)] {
                        group.addTask { _ = try await ledger.commit(LinkChange(link.id, .mintSent, at: Sample.start)) }
                    }
                    try await group.waitForAll()
                }
            }
        }
        try await Stopwatch.time("a commit of one step", count: together) {
            for link in links.prefix(together) {
                _ = try await ledger.commit(LinkChange(link.id, .mintSent, at: Sample.start))
            }
        }
    }

    /// Rows that are linked already, as in a run of the next night.
    private static func timeKnownRows(_ path: String) async throws {
        let input = Sample.rows(rows)
        do {
            let ledger = try LedgerWriter(Sample.opening(path))
            try await link(try await admit(input, ledger), ledger)
        }
        for (name, rows) in [("in order", input), ("in another order", input.sorted { hash($0) < hash($1) })] {
            var number = 1
            try await Stopwatch.time(
                "a linked row, \(name)",
                count: rows.count,
                preparing: {
                    number += 1
                    return try LedgerWriter(Sample.opening(path, runID: "run \(name) \(number)"))
                },
                work: { ledger in
                    let tried = try await admit(rows, ledger)
                    precondition(tried.isEmpty)
                }
            )
        }
    }

    private static func link(_ links: [Link], _ ledger: LedgerWriter) async throws {
        try await withThrowingTaskGroup { group in
            for link in links {
                group.addTask {
                    let token = ProcessorToken(
                        secret: Secret("processor"),
                        fingerprint: link.fingerprint,
                        mintedAt: Sample.start,
                        run: ledger.run
                    )
                    let account = Sample.bondAccount("link-\(link.id)")
                    let steps: [(LinkChange.Event, Attempt?)] = [
                        (.mintSent, nil), (.minted(token, of: link.identity), Sample.attempt(.mint)),
                        (.intent(clockOffset: nil), nil),
                        (.linked(account, .answered), Sample.attempt(.post)),
                    ]
                    for (event, attempt) in steps {
                        _ = try await ledger.commit(
                            LinkChange(link.id, event, at: Sample.start, attempt: attempt)
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// A number that is the same in every process, and in no order.
    private static func hash(_ row: InputRow) -> UInt32 {
        row.identity.accountID.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}

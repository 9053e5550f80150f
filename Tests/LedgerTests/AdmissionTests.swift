import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// How rows of the input come into the ledger, and what is to be done with each.
@Suite(.everyEngine) struct AdmissionTests {
    private func reopen(_ path: String, _ number: Int = 2) throws -> LedgerWriter {
        try LedgerWriter(Sample.opening(path, runID: "run-\(number)"))
    }

    @Test(.timeLimit(.minutes(5))) func newRowsAreWorkedInOrder() async throws {
        try await Desk.with { desk in
            let admissions = try await desk.ledger.admit(Sample.rows(3), policy: Sample.policy())
            #expect(admissions.count == 3)
            for (row, admission) in zip(Sample.rows(3), admissions) {
                guard case .work(let link, .inOrder) = admission else {
                    Issue.record("\(admission)")
                    continue
                }
                #expect(link.identity == row.identity)
                #expect(link.state == .pending)
                #expect(try await desk.ledger.link(link.id) == link)
            }
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [1, 2, 100])
    func repeatsAndConflictsNameTheFirst(_ batch: Int) async throws {
        let rows = [
            Sample.row("customer-1", "account-1", token: "a", file: "a.csv", line: 7),
            Sample.row("customer-1", "account-1", token: "a", file: "a.csv", line: 8),
            Sample.row("customer-1", "account-1", token: "b", file: "b.csv", line: 9),
            Sample.row("customer-1", "account-1", token: "a", file: "b.csv", line: 10),
            Sample.row("customer-1", "Account-1", token: "b", file: "b.csv", line: 11),
        ]
        try await Desk.with { desk in
            var admissions: [Admission] = []
            for start in stride(from: 0, to: rows.count, by: batch) {
                let part = Array(rows[start..<min(start + batch, rows.count)])
                admissions += try await desk.ledger.admit(part, policy: Sample.policy())
            }
            #expect(admissions[1] == .duplicate)
            #expect(admissions[2] == .conflict(first: InputPosition(file: "a.csv", line: 7)))
            #expect(admissions[3] == .duplicate)
            guard case .work = admissions[4] else {
                Issue.record("account ids differ in case")
                return
            }
            #expect(try desk.eye.int("SELECT count(*) FROM links") == 2)
            #expect(try await desk.ledger.statesOfInput() == [.pending: 2, .linked: 0])
        }
    }

    @Test(.timeLimit(.minutes(5))) func ownersAreOneWhateverTheCaseOfTheirUUID() async throws {
        let upper = "AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE"
        try await Desk.with { desk in
            let rows = [
                Sample.row(upper, "account-1", token: "a", line: 2),
                Sample.row(upper.lowercased(), "account-1", token: "a", line: 3),
                Sample.row("Someone", "account-1", line: 4), Sample.row("someone", "account-1", line: 5),
            ]
            let admissions = try await desk.ledger.admit(rows, policy: Sample.policy())
            #expect(admissions[1] == .duplicate)
            #expect(try desk.eye.int("SELECT count(*) FROM links") == 3)
            let found = try await desk.ledger.find(ownerID: upper.lowercased(), accountID: "account-1")
            #expect(found.identity.owner.id == upper, "as it came in")
            let history = try LedgerReader(path: desk.path).history(ownerID: upper.lowercased(), accountID: nil)
            #expect(history.map(\.row.owner?.id) == [upper])
            await #expect(throws: LedgerError.self) {
                try await desk.ledger.find(ownerID: "SOMEONE", accountID: "account-1")
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func aBusinessIsNoCustomer() async throws {
        try await Desk.with { desk in
            let business = InputRow(
                identity: Identity(owner: Owner(kind: .business, id: "customer-1"), accountID: "account-1"),
                credential: .accessToken(Secret("t")),
                reference: nil,
                position: InputPosition(file: "rows.csv", line: 3)
            )
            let admissions = try await desk.ledger.admit([Sample.row(), business], policy: Sample.policy())
            #expect(admissions.count { if case .work = $0 { true } else { false } } == 2)
        }
    }

    /// The ledger has the second line's token, and yet the first line is the one that counts.
    @Test(.timeLimit(.minutes(5))) func aLinkedRowWithTwoTokensInOnePieceIsAConflict() async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                try await ledger.bring(try await ledger.add(), to: .linked)
            }
            let (new, old) = (Sample.row(token: "access-sandbox-new", line: 2), Sample.row(line: 3))
            let admissions = try await reopen(path).admit([new, old, old], policy: Sample.policy())
            #expect(admissions == [.skip, .conflict(first: new.position), .conflict(first: new.position)])
        }
    }

    /// Only what the first line says of the old account shows that the second one looks like it.
    @Test(.timeLimit(.minutes(5))) func aRenumberedAccountBesideItsOldRowIsHeld() async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                try await ledger.bring(try await ledger.add(Sample.row(token: "old", reference: "r-0")), to: .linked)
            }
            let rows = ["account-1", "account-2"].map {
                Sample.row("customer-1", $0, token: "new", reference: "r-1")
            }
            #expect(try await reopen(path).admit(rows, policy: Sample.policy()) == [.skip, .skip])
            #expect(try LedgerEye(path).states()["customer-1/account-2"] == "held")
        }
    }

    /// Makes a ledger with a row whose public token has been exchanged for `access-sandbox-1`.
    private func makeExchanged(_ path: String, _ standing: Standing) async throws -> InputRow {
        let row = Sample.row(publicToken: "public-1")
        let access = ExchangedToken(accessToken: Secret("access-sandbox-1"), itemID: "item-1")
        let ledger = try LedgerWriter(Sample.opening(path))
        let link = try await ledger.add(row)
        try await ledger.take(.exchanged(Secret("public-1"), access), on: link.id)
        try await ledger.bring(try await ledger.link(link.id), to: standing)
        return row
    }

    @Test(.timeLimit(.minutes(5))) func aLinkedLineWithAPublicTokenThatComesTwiceIsADuplicate() async throws {
        try await Desk.withPath { path in
            let row = try await makeExchanged(path, .linked)
            let rows = [row, row, Sample.row("customer-2", "account-2")]
            let admissions = try await reopen(path).admit(rows, policy: Sample.policy())
            #expect(admissions.map(word) == ["skip", "duplicate", "in order"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func aPublicTokenIsKnownByWhatItWasExchangedFor() async throws {
        try await Desk.withPath { path in
            let row = try await makeExchanged(path, .pending)
            let ledger = try reopen(path)
            _ = try await ledger.add(row)
            // The same token by either name, and another one.
            #expect(try await ledger.admit([row], policy: Sample.policy()) == [.duplicate])
            let same = Sample.row(token: "access-sandbox-1", line: 3)
            #expect(try await ledger.admit([same], policy: Sample.policy()) == [.duplicate])
            let other = Sample.row("customer-1", "account-1", publicToken: "public-2")
            #expect(try await ledger.admit([other], policy: Sample.policy()) == [.conflict(first: row.position)])
        }
    }

    /// What an unchanged token leaves of a row in the next run, and what a changed one makes of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let standing: Standing
        let same: String
        let changed: String
        let stateAfterChange: String
        var testDescription: String { standing.rawValue }
    }

    static let cases = [
        Case(standing: .pending, same: "in order", changed: "in order", stateAfterChange: "pending"),
        Case(standing: .minted, same: "first", changed: "in order", stateAfterChange: "pending"),
        Case(standing: .posting, same: "reconcile", changed: "reconcile", stateAfterChange: "in_doubt"),
        Case(standing: .inDoubt, same: "reconcile", changed: "reconcile", stateAfterChange: "in_doubt"),
        Case(standing: .linked, same: "skip", changed: "skip", stateAfterChange: "linked"),
        Case(standing: .retryable, same: "in order", changed: "in order", stateAfterChange: "pending"),
        Case(standing: .retryableWithToken, same: "in order", changed: "in order", stateAfterChange: "pending"),
        Case(standing: .needsUser, same: "skip", changed: "in order", stateAfterChange: "pending"),
        Case(standing: .rejected, same: "skip", changed: "in order", stateAfterChange: "pending"),
        Case(standing: .unlinked, same: "skip", changed: "skip", stateAfterChange: "unlinked"),
    ]

    private func word(_ admission: Admission) -> String {
        switch admission {
        case .work(_, .first): "first"
        case .work(_, .inOrder): "in order"
        case .work(_, .last): "last"
        case .reconcile: "reconcile"
        case .skip: "skip"
        case .duplicate: "duplicate"
        case .conflict: "conflict"
        case .elsewhere: "elsewhere"
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: cases, [false, true])
    func knownRows(_ test: Case, _ isChanged: Bool) async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                try await ledger.bring(try await ledger.add(), to: test.standing)
            }
            let ledger = try reopen(path)
            let row = Sample.row(token: isChanged ? "access-sandbox-new" : nil)
            let admissions = try await ledger.admit([row], policy: Sample.policy(at: Sample.start + .seconds(60)))
            #expect(admissions.map(word) == [isChanged ? test.changed : test.same])
            let after = try #require(try LedgerEye(path).row("SELECT * FROM links"))
            if isChanged {
                #expect(after["state"] == test.stateAfterChange)
                let keepsToken = [.posting, .inDoubt].contains(test.standing)
                #expect(after.blob("token").isEmpty == !keepsToken)
                #expect(after["orphans"] == (test.standing.hasToken && !keepsToken ? 1 : 0))
                if test.stateAfterChange == "pending" {
                    #expect(after["error_code"] == String?.none)
                    #expect(after["action"] == "retry")
                }
            } else {
                #expect(after["state"] == (test.standing == .posting ? "in_doubt" : test.standing.state))
                #expect(after.blob("token").isEmpty == !test.standing.hasToken)
                #expect(after["orphans"] == 0)
            }
            // Whatever the admission says, it carries the row as it stands, with the newest fingerprint.
            if case .work(let link, _) = admissions[0] { #expect(try await ledger.link(link.id) == link) }
            let repeated = try await ledger.admit([row], policy: Sample.policy())
            #expect(repeated == [.duplicate])
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [RowState.rejected, .unlinked])
    func askedForStatesAreWorked(_ state: RowState) async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                try await ledger.bring(try await ledger.add(), to: state == .rejected ? .rejected : .unlinked)
            }
            let admissions = try await reopen(path).admit([Sample.row()], policy: Sample.policy(retry: [state]))
            #expect(admissions.map(word) == ["in order"])
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [(-10, "last"), (0, "skip"), (71_999, "skip"), (72_000, "last")])
    func rowsThatNeedAUserAreLeftAlone(_ seconds: Int, _ turn: String) async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                try await ledger.bring(try await ledger.add(), to: .needsUser)
            }
            let policy = Sample.policy(at: Sample.start + .seconds(seconds))
            #expect(try await reopen(path).admit([Sample.row()], policy: policy).map(word) == [turn])
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [Standing.pending, .minted])
    func aRowThatStoppedARunIsTriedLast(_ standing: Standing) async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                let link = try await ledger.add()
                try await ledger.bring(link, to: standing)
                try await ledger.take(.stoppedRun, on: link.id)
            }
            #expect(try await reopen(path).admit([Sample.row()], policy: Sample.policy()).map(word) == ["last"])
        }
    }

    /// An account that is new, and the one that was linked before it.
    struct Held: Sendable, CustomTestStringConvertible {
        let name: String
        var customer = "customer-1"
        var token = "t"
        var reference: String? = "r-1"
        var sameRun = false
        var linked = true
        let isHeld: Bool
        var testDescription: String { name }
    }

    static let held = [
        Held(name: "renumbered", isHeld: true),
        Held(name: "other customer", customer: "customer-2", isHeld: false),
        Held(name: "other token", token: "u", isHeld: false),
        Held(name: "other reference", reference: "r-2", isHeld: false),
        Held(name: "no reference", reference: nil, isHeld: false),
        Held(name: "empty reference", reference: "", isHeld: false),
        Held(name: "same run", sameRun: true, isHeld: false),
        Held(name: "not linked", linked: false, isHeld: false),
    ]

    @Test(.timeLimit(.minutes(5)), arguments: held)
    func holdsWhatLooksRenumbered(_ test: Held) async throws {
        let known = Sample.row("customer-1", "account-1", token: "t", reference: test.reference == "" ? "" : "r-1")
        let new = Sample.row(test.customer, "account-2", token: test.token, reference: test.reference, line: 3)
        try await Desk.withPath { path in
            var ledger = try? LedgerWriter(Sample.opening(path))
            if let first = ledger {
                try await first.bring(try await first.add(known), to: test.linked ? .linked : .minted)
            }
            if !test.sameRun {
                ledger = nil
                ledger = try reopen(path)
            }
            let admissions = try await ledger?.admit([new], policy: Sample.policy()) ?? []
            #expect(admissions.map(word) == [test.isHeld ? "skip" : "in order"])
            let state = try LedgerEye(path).string("SELECT state FROM links WHERE account_id = 'account-2'")
            #expect(state == (test.isHeld ? "held" : "pending"))
            let action = try LedgerEye(path).string("SELECT action FROM links WHERE account_id = 'account-2'")
            #expect(action == (test.isHeld ? "review" : "retry"))
            #expect(try await ledger?.statesOfInput()[.held] == (test.isHeld ? 1 : nil))
        }
    }

    @Test(.timeLimit(.minutes(5))) func keepsTheNewestReferenceAndPlace() async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                try await ledger.bring(
                    try await ledger.add(Sample.row(reference: "old", file: "a.csv", line: 2)),
                    to: .linked
                )
            }
            let ledger = try reopen(path)
            _ = try await ledger.admit([Sample.row(reference: "new", file: "b.csv", line: 99)], policy: Sample.policy())
            let row = try #require(
                try LedgerEye(path).row("SELECT reference, line, path, run FROM links JOIN files ON files.id = file")
            )
            #expect(row["reference"] == "new")
            #expect(row["line"] == 99)
            #expect(row["path"] == "b.csv")
            #expect(row["run"] == 1, "the run that said what the state says")
        }
    }

    @Test(.timeLimit(.minutes(5))) func countsOnlyTheRowsOfThisInput() async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                for (number, standing) in Standing.allCases.enumerated() {
                    let link = try await ledger.add(Sample.row("customer-\(number)", "account-\(number)"))
                    try await ledger.bring(link, to: standing)
                }
            }
            let ledger = try reopen(path)
            #expect(try await ledger.statesOfInput() == [.linked: 0])
            let some = [1, 2, 3, 4, 8].map { Sample.row("customer-\($0)", "account-\($0)") }
            _ = try await ledger.admit(some, policy: Sample.policy())
            let states = try await ledger.statesOfInput()
            #expect(states == [.minted: 1, .inDoubt: 2, .linked: 1, .rejected: 1])
            let totals = try await ledger.totals()
            #expect(totals.states.values.reduce(0, +) == Standing.allCases.count)
            #expect(totals.states[.linked] == 1)
            #expect(totals.states[.retryable] == 2)
        }
    }

    /// Rows that were rolled back are in no state: least of all linked.
    @Test(.timeLimit(.minutes(5))) func countsNoRowOfABatchThatFailed() async throws {
        // The trigger speaks SQLite.
        guard TestEngine.current == .sqlite else { return }
        try await Desk.with { desk in
            try desk.eye.execute(
                """
                CREATE TRIGGER broken BEFORE INSERT ON links WHEN NEW.account_id = 'account-3'
                BEGIN SELECT RAISE(ABORT, 'disk full'); END
                """
            )
            await #expect(throws: LedgerError.self) {
                try await desk.ledger.admit(Sample.rows(3), policy: Sample.policy())
            }
            #expect(try desk.eye.int("SELECT count(*) FROM links") == 0)
            #expect(try await desk.ledger.statesOfInput()[.linked, default: 0] == 0)
        }
    }
}

import Domain
import Foundation
import Ledger
import RunSupport
import TestSupport
import Testing

/// Several workers on one ledger: who may touch what, and what becomes of one that is gone.
@Suite(.timeLimit(.minutes(5)), .enabled(if: PostgreSQLServer.shared != nil, "postgresql is to be installed"))
struct WorkersTests {
    /// A lease that nobody outlives, and one that everybody does.
    private static let long = Duration.seconds(600)
    private static let short = Duration.milliseconds(1)

    private func withLedger(_ body: (String) async throws -> Void) async throws {
        try await body(try #require(PostgreSQLServer.shared).makeSchema())
    }

    private func worker(
        _ number: Int,
        _ url: String,
        lease: Duration = Self.long,
        at: Timestamp = Sample.start
    ) throws -> LedgerWriter {
        try LedgerWriter(
            Sample.opening(url, holder: "worker \(number)", runID: "run-\(number)", at: at, lease: lease)
        )
    }

    private func readmit(_ link: Link, _ ledger: LedgerWriter, token: String? = nil) async throws -> Readmission? {
        let row = PutOffRow(
            link: link.id,
            owner: link.identity.owner,
            credential: Sample.row(link.identity.owner.id, token: token).credential
        )
        return try await ledger.readmit([row], policy: Sample.policy()).first
    }

    /// The customer's first account is in doubt, and so nothing may be posted for its other one.
    private func expectDoubt(about other: Link, _ ledger: LedgerWriter) async throws {
        let rows = [Sample.row(), Sample.row("customer-1", "account-2")]
        let admissions = try await ledger.admit(rows, policy: Sample.policy())
        guard case .reconcile = admissions[0], case .work(_, .last) = admissions[1] else {
            Issue.record("\(admissions)")
            return
        }
        #expect(try await readmit(other, ledger) == .blocked)
    }

    @Test func anOwnerIsInTheHandsOfOneWorker() async throws {
        try await withLedger { url in
            let (first, second) = (try worker(1, url), try worker(2, url))
            let link = try await first.add()
            let rows = [Sample.row(), Sample.row("customer-1", "account-2"), Sample.row("customer-2", "account-3")]
            let admissions = try await second.admit(rows, policy: Sample.policy())
            guard case .elsewhere(let same) = admissions[0], case .elsewhere(let other) = admissions[1],
                case .work(let free, .inOrder) = admissions[2]
            else {
                Issue.record("\(admissions)")
                return
            }
            #expect(same.id == link.id)
            #expect(try await readmit(same, second) == .elsewhere)
            #expect(try await second.claim([link.identity.owner, free.identity.owner]) == [free.identity.owner])
            try await first.bring(link, to: .retryable)
            #expect(try await readmit(same, second) == .elsewhere, "it has not been released yet")
            first.release(link.id, of: link.identity.owner)
            _ = try await first.totals()
            // What the first has tried is done with for this time; what it has not tried is free.
            #expect(try await readmit(same, second) == .done(.retryable))
            guard case .free(let taken) = try await readmit(other, second) else {
                Issue.record("the owner's other row is not free")
                return
            }
            #expect(taken.id == other.id)
            guard case .elsewhere = try await first.admit([rows[1]], policy: Sample.policy()).first else {
                Issue.record("what the second has taken up is not its own")
                return
            }
        }
    }

    @Test func aTokenThatWasChangedMeanwhileIsTheRowsWhenItComesFree() async throws {
        try await withLedger { url in
            let (first, second) = (try worker(1, url), try worker(2, url))
            let link = try await first.add()
            try await first.bring(link, to: .needsUser)
            let new = Sample.row(token: "access-sandbox-new")
            guard case .elsewhere = try await second.admit([new], policy: Sample.policy()).first else {
                Issue.record("the first has it in hand")
                return
            }
            #expect(try await second.link(link.id).fingerprint == link.fingerprint, "it stays as it is until then")
            first.release(link.id, of: link.identity.owner)
            _ = try await first.totals()
            guard case .free(let renewed) = try await readmit(link, second, token: "access-sandbox-new") else {
                Issue.record("a new token is reason to try a row again")
                return
            }
            #expect(renewed.state == .pending)
            #expect(renewed.fingerprint != link.fingerprint)
        }
    }

    @Test func anOwnerIsKeptForItsNextRowAndForNoneThatIsNotTried() async throws {
        try await withLedger { url in
            let ledger = try worker(1, url)
            let link = try await ledger.add()
            ledger.release(link.id, of: link.identity.owner)
            // In the transaction that would give it back.
            let other = try await ledger.add(Sample.row("customer-1", "account-2"))
            let claims = "SELECT count(*) FROM claims"
            #expect(try LedgerEye(url).int(claims) == 1)
            try await ledger.bring(other, to: .needsUser)
            ledger.release(other.id, of: other.identity.owner)
            _ = try await ledger.totals()
            let next = try worker(2, url)
            let rows = [Sample.row("customer-1", "account-2")]
            #expect(try await next.admit(rows, policy: Sample.policy()) == [.skip])
            #expect(try LedgerEye(url).int(claims) == 0)
        }
    }

    @Test func whatIsLinkedIsSkippedWhoeverHasTheOwner() async throws {
        try await withLedger { url in
            let (first, second) = (try worker(1, url), try worker(2, url))
            let link = try await first.add()
            _ = try await first.add(Sample.row("customer-1", "account-2"))
            try await first.bring(link, to: .linked)
            #expect(try await second.admit([Sample.row()], policy: Sample.policy()) == [.skip])
            #expect(try await readmit(link, second) == .done(.linked))
            #expect(try await second.admit([Sample.row(line: 3)], policy: Sample.policy()) == [.duplicate])
        }
    }

    @Test func anOwnerWithADoubtWaitsForIt() async throws {
        try await withLedger { url in
            let (first, second) = (try worker(1, url), try worker(2, url))
            let link = try await first.add()
            let other = try await first.add(Sample.row("customer-1", "account-2"))
            try await first.bring(link, to: .inDoubt)
            for row in [link, other] { first.release(row.id, of: row.identity.owner) }
            _ = try await first.totals()
            try await expectDoubt(about: other, second)
            // Neither of them holds the owner, so that any worker may settle it; one at a time.
            #expect(try await first.claim([link.identity.owner]) == [link.identity.owner])
            #expect(try await second.claim([link.identity.owner]) == [])
            first.release(link.identity.owner)
            _ = try await first.totals()
            #expect(try await second.claim([link.identity.owner]) == [link.identity.owner])
        }
    }

    @Test func whoseLeaseIsOverIsTakenOverAndWritesNothing() async throws {
        try await withLedger { url in
            let first = try worker(1, url, lease: Self.short)
            let posted = try await first.add()
            let minted = try await first.add(Sample.row("customer-2", "account-2"))
            let asked = try await first.add(Sample.row("customer-3", "account-3"))
            try await first.bring(posted, to: .posting)
            try await first.bring(minted, to: .minted)
            try await first.take(.mintSent, on: asked.id)
            let second = try worker(2, url)
            #expect(try await second.ownersInDoubt() == [posted.identity.owner])
            for step in [LinkChange.Event.intent(clockOffset: nil), .noted] {
                await #expect(throws: LedgerError.takenOver(path: url)) {
                    try await first.take(step, on: minted.id)
                }
            }
            let eye = try LedgerEye(url)
            #expect(
                try eye.states() == [
                    "customer-1/account-1": "in_doubt", "customer-2/account-2": "minted",
                    "customer-3/account-3": "pending",
                ]
            )
            #expect(try eye.int("SELECT sum(orphans) FROM links") == 1, "the token that was being made")
            #expect(try eye.int("SELECT count(*) FROM claims") == 0)
            let row = Sample.row("customer-2", "account-2")
            guard case .work(let link, .first) = try await second.admit([row], policy: Sample.policy()).first else {
                Issue.record("what the first had in hand is not free")
                return
            }
            #expect(link.id == minted.id)
        }
    }

    @Test func aLivingWorkerTakesOverADeadOneAndNoOther() async throws {
        try await withLedger { url in
            let alive = try worker(1, url)
            let other = try worker(2, url)
            let (mine, its) = (try await alive.add(), try await other.add(Sample.row("customer-2", "account-2")))
            try await alive.bring(mine, to: .posting)
            try await other.bring(its, to: .posting)
            var dead: LedgerWriter? = try worker(3, url, lease: Self.short)
            let left = try await dead?.add(Sample.row("customer-3", "account-3"))
            if let left { try await dead?.bring(left, to: .posting) }
            dead = nil
            try await alive.endOverdue(at: Sample.start)
            #expect(try await alive.ownersInDoubt() == [Sample.identity("customer-3").owner])
            try await alive.endOverdue(at: Sample.start)
            try await other.take(.linked(Sample.bondAccount("link-2"), .answered), on: its.id)
            try await alive.take(.linked(Sample.bondAccount("link-1"), .answered), on: mine.id)
            let count = try LedgerEye(url).int("SELECT count(*) FROM attempts WHERE result = 'crashed'")
            #expect(count == 1)
        }
    }

    @Test func aSignOfLifeRenewsALease() async throws {
        try await withLedger { url in
            let (alive, other) = (try worker(1, url), try worker(2, url))
            try LedgerEye(url).execute("UPDATE workers SET lease_until = 0")
            _ = try await alive.totals()
            _ = try await other.totals()
            try await other.endOverdue(at: Sample.start)
            _ = try await alive.totals()
        }
    }

    @Test func aWorkerThatHasNothingToWriteGivesSignsOfLife() async throws {
        try await withLedger { url in
            let alive = try worker(1, url, lease: .milliseconds(300))
            try await withThrowingTaskGroup { group in
                group.addTask { try await alive.keepLease(now: { Sample.start }) }
                let until = "SELECT lease_until FROM workers"
                let end = try LedgerEye(url).int(until)
                while try LedgerEye(url).int(until) == end { try await Task.sleep(for: .milliseconds(20)) }
                group.cancelAll()
            }
            _ = try await alive.totals()
        }
    }

    @Test func whoLeavesWithACallOutLeavesADoubt() async throws {
        try await withLedger { url in
            let (first, second) = (try worker(1, url), try worker(2, url))
            let link = try await first.add()
            let other = try await first.add(Sample.row("customer-1", "account-2"))
            try await first.bring(link, to: .posting)
            for row in [link, other] { first.release(row.id, of: row.identity.owner) }
            _ = try await first.totals()
            // As long as it is out, nobody may post for its customer.
            try await expectDoubt(about: other, second)
            try await first.finish(at: Sample.start)
            #expect(try await second.ownersInDoubt() == [link.identity.owner])
        }
    }

    @Test func aServerThatForgotCommitsIsGoneOnWithByNobody() async throws {
        try await withLedger { url in
            let (first, second) = (try worker(1, url), try worker(2, url))
            let link = try await first.add()
            try LedgerEye(url).execute("UPDATE workers SET last_write = 1 WHERE run = 1")
            try #require(PostgreSQLServer.shared).psql(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'worker 1'
                    AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid =
                        (hashtext('ledger' || '\(url.components(separatedBy: "%3Dledger").last ?? "")')::bigint & 4294967295))
                """
            )
            await #expect(throws: LedgerError.forgetful(path: url)) { try await first.take(.mintSent, on: link.id) }
            await #expect(throws: LedgerError.takenOver(path: url)) { try await second.totals() }
        }
    }

    @Test func whoWantsTheLedgerAloneWaitsForWorkersAndTheyForIt() async throws {
        try await withLedger { url in
            var workers = [try worker(1, url), try worker(2, url)]
            #expect(throws: LedgerError.inUse(path: url, holder: "worker 1 and 1 more")) {
                try LedgerWriter(Sample.opening(url, kind: .reconcile, runID: "alone"))
            }
            #expect(workers.count == 2)
            // Their connections are gone, and yet they may only be cut off.
            workers = []
            #expect {
                try LedgerWriter(Sample.opening(url, kind: .reconcile, runID: "alone"))
            } throws: { error in
                "\(error)".contains("worker 1 and 1 more, not heard of for")
            }
            try LedgerEye(url).execute("UPDATE workers SET lease = 1, lease_until = 0")
            let alone = try LedgerWriter(Sample.opening(url, kind: .reconcile, holder: "alone", runID: "alone"))
            #expect(throws: LedgerError.inUse(path: url, holder: "alone")) { try worker(3, url) }
            try await alone.finish(at: Sample.start)
        }
    }

    @Test func whoIsAtWorkIsShown() async throws {
        try await withLedger { url in
            let workers = [try worker(1, url), try worker(2, url)]
            _ = try LedgerEye(url).execute("UPDATE workers SET lease = 1, lease_until = 0 WHERE run = 2")
            let overview = try LedgerReader(Sample.place(url)).overview()
            #expect(overview.workers.map(\.holder) == ["worker 1", "worker 2"])
            #expect(overview.workers.map(\.runID) == ["run-1", "run-2"])
            #expect(overview.workers.map(\.isOverdue) == [false, true])
            #expect(workers.count == 2)
        }
    }

    @Test func whoHasFinishedLeavesNothingBehind() async throws {
        try await withLedger { url in
            let ledger = try worker(1, url)
            _ = try await ledger.add()
            try await ledger.finish(at: Sample.start)
            let eye = try LedgerEye(url)
            #expect(try eye.int("SELECT count(*) FROM workers") == 0)
            #expect(try eye.int("SELECT count(*) FROM claims") == 0)
        }
    }

    @Test func whatIsCarriedOutAgainLeavesNoClaimBehind() async throws {
        try await withLedger { url in
            let ledger = try worker(1, url)
            let end = try LedgerEye(url).raiseConflicts(2, onInsertInto: "links", atCommit: true)
            let link = try await ledger.add()
            try end()
            #expect(link.id == 3, "the numbers of what was undone are not given again")
            ledger.release(link.id, of: link.identity.owner)
            _ = try await ledger.totals()
            #expect(try LedgerEye(url).int("SELECT count(*) FROM claims") == 0)
        }
    }

    @Test func aRowThatAnotherWasQuickerToAddIsFound() async throws {
        try await withLedger { url in
            let ledger = try worker(1, url)
            // The first INSERT of each row finds one that it could not see yet.
            try LedgerEye(url).execute(
                """
                CREATE TABLE quicker (account_id TEXT PRIMARY KEY);
                CREATE FUNCTION quicker() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    INSERT INTO quicker VALUES (NEW.account_id) ON CONFLICT DO NOTHING;
                    RETURN CASE WHEN NOT FOUND OR NEW.account_id = 'account-2' THEN NEW END;
                END $$;
                CREATE TRIGGER quicker BEFORE INSERT ON links FOR EACH ROW EXECUTE FUNCTION quicker()
                """
            )
            let rows = ["account-1", "account-2", "account-3"].map { Sample.row("customer-1", $0) }
            let admissions = try await ledger.admit(rows, policy: Sample.policy())
            let links = admissions.compactMap { if case .work(let link, _) = $0 { link } else { nil } }
            #expect(links.map(\.identity.accountID) == rows.map(\.identity.accountID))
            #expect(Set(links.map(\.id)).count == 3)
            #expect(try LedgerEye(url).int("SELECT count(*) FROM links") == 3)
        }
    }

    @Test func manyMayBeginAtOnceWhereThereIsNoLedgerYet() async throws {
        try await withLedger { url in
            let runs = try await withThrowingTaskGroup(of: Int64.self) { group in
                for number in 1...8 { group.addTask { try worker(number, url).run } }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
            }
            #expect(runs == Set(1...8))
        }
    }

    /// Every worker reads the same input, and finishes a row now and then.
    @Test func eachRowIsHandedOutOnce() async throws {
        try await withLedger { url in
            let rows = (0..<300).map { Sample.row("customer-\($0 / 2)", "account-\($0)", line: $0 + 2) }
            let tried = try await withThrowingTaskGroup(of: [Link.ID].self) { group in
                for number in 1...4 {
                    group.addTask { try await work(through: rows, worker(number, url)) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(tried.count == rows.count, "\(Dictionary(grouping: tried) { $0 }.filter { $1.count > 1 })")
            #expect(Set(tried).count == rows.count)
            #expect(try LedgerEye(url).int("SELECT count(*) FROM links WHERE state = 'linked'") == rows.count)
        }
    }

    private func work(through rows: [InputRow], _ ledger: LedgerWriter) async throws -> [Link.ID] {
        var (tried, waiting) = ([Link.ID](), [Link]())
        for start in stride(from: 0, to: rows.count, by: 20) {
            for admission in try await ledger.admit(Array(rows[start..<start + 20]), policy: Sample.policy()) {
                if case .elsewhere(let link) = admission { waiting.append(link) }
                if case .work(let link, _) = admission {
                    tried.append(link.id)
                    try await finish(link, ledger)
                }
            }
        }
        while let link = waiting.first {
            switch try await readmit(link, ledger) {
            case .free(let link):
                tried.append(link.id)
                try await finish(link, ledger)
                waiting.removeFirst()
            case .done: waiting.removeFirst()
            default: await Task.yield()
            }
        }
        return tried
    }

    private func finish(_ link: Link, _ ledger: LedgerWriter) async throws {
        try await ledger.bring(link, to: .linked)
        ledger.release(link.id, of: link.identity.owner)
    }

    @Test func aRowThatLooksRenumberedIsHeldUnlessTheSameCrewLinkedTheOther() async throws {
        try await withLedger { url in
            let first = try worker(1, url)
            let link = try await first.add(Sample.row(reference: "r-1"))
            let moment = Sample.start + .seconds(5)
            try await first.take(.minted(first.token(link), of: link.identity), on: link.id)
            try await first.take(.intent(clockOffset: nil), on: link.id)
            try await first.take(.linked(Sample.bondAccount("link-1"), .answered), on: link.id, at: moment)
            first.release(link.id, of: link.identity.owner)
            _ = try await first.totals()
            // It came later, to help.
            let second = try worker(2, url, at: Sample.start + .seconds(60))
            let new = Sample.row("customer-1", "account-2", reference: "r-1")
            guard case .work = try await second.admit([new], policy: Sample.policy()).first else {
                Issue.record("two accounts of one input are not renumbered ones")
                return
            }
            try await first.finish(at: Sample.start)
            try await second.finish(at: Sample.start)
            let later = try worker(3, url, at: Sample.start + .seconds(3_600))
            let admissions = try await later.admit(
                [Sample.row("customer-1", "account-3", reference: "r-1")],
                policy: Sample.policy()
            )
            #expect(admissions == [.skip])
            #expect(try LedgerEye(url).states()["customer-1/account-3"] == "held")
        }
    }

    @Test func aLedgerOfTheVersionBeforeIsBroughtUpToDate() async throws {
        try await withLedger { url in
            do {
                let ledger = try LedgerWriter(Sample.opening(url))
                try await ledger.bring(ledger.add(), to: .posting)
            }
            try LedgerEye(url).execute(
                """
                DROP TABLE climates; DROP TABLE claims; DROP TABLE workers;
                CREATE TABLE last_write (id BIGINT PRIMARY KEY, number BIGINT NOT NULL);
                INSERT INTO last_write VALUES (1, 5);
                UPDATE schema_version SET version = 9
                """
            )
            #expect(try LedgerReader(Sample.place(url)).overview().totals.states[.posting] == 1)
            let ledger = try worker(2, url)
            #expect(try await ledger.ownersInDoubt().count == 1)
            #expect(try LedgerEye(url).int("SELECT version FROM schema_version") == 10)
            // It is this program's now, and another worker may join.
            _ = try worker(3, url)
        }
    }
}

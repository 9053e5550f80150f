import Domain
import Ledger
import RunSupport
import Testing

/// A plan must foresee what admission does.
@Suite(.everyEngine) struct PlannerTests {
    private static let later = Sample.start + .seconds(100_000)

    @Test(
        .timeLimit(.minutes(5)),
        arguments: Standing.allCases.flatMap { [($0, true), ($0, false)] },
        [Set<RowState>(), [.rejected, .unlinked]]
    )
    func foreseesWhatARunDoes(row: (standing: Standing, isSameToken: Bool), retry: Set<RowState>) async throws {
        let (standing, isSameToken) = row
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                try await ledger.bring(try await ledger.add(), to: standing)
            }
            let row = isSameToken ? Sample.row() : Sample.row(token: "access-sandbox-another")
            let policy = Sample.policy(at: Self.later, retry: retry)
            let foresight = try #require(try LedgerPlanner(path: path, policy: policy).foresee([row]).first)
            #expect(foresight.state?.rawValue == standing.state)
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-2", at: Self.later))
            let admission = try #require(try await ledger.admit([row], policy: policy).first)
            switch admission {
            case .work(let link, let turn):
                let isUsable = link.token?.fingerprint == link.fingerprint
                let isAsked = turn == .last && isSameToken
                #expect(foresight.work == (isAsked ? .ask : isUsable ? .post : .mintAndPost))
            case .reconcile: #expect(foresight.work == .reconcile)
            default: #expect(foresight.work == .skip)
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func aPublicTokenCostsACallUntilItIsExchanged() async throws {
        try await Desk.withPath { path in
            let row = Sample.row(publicToken: "public-1")
            func foresee() throws -> Foresight? {
                try LedgerPlanner(path: path, policy: Sample.policy()).foresee([row]).first
            }
            #expect(try foresee()?.exchanges == true)
            let ledger = try LedgerWriter(Sample.opening(path))
            #expect(try foresee()?.exchanges == true)
            guard case .work(let link, _) = try await ledger.admit([row], policy: Sample.policy()).first else {
                return #expect(Bool(false), "not admitted")
            }
            #expect(try foresee()?.exchanges == true)
            let token = ExchangedToken(accessToken: Secret("access-1"), itemID: "item")
            let event = LinkChange.Event.exchanged(Secret("public-1"), token)
            _ = try await ledger.commit(LinkChange(link.id, event, at: Sample.start))
            #expect(try foresee() == Foresight(work: .mintAndPost, state: .pending))
        }
    }

    @Test(.timeLimit(.minutes(5))) func withoutALedgerEveryRowIsNew() async throws {
        try await Desk.withPath { path in
            let planner = try LedgerPlanner(path: path, policy: Sample.policy())
            #expect(try planner.foresee([Sample.row()]) == [Foresight(work: .mintAndPost, state: nil)])
            #expect(try planner.epoch() == nil)
            #expect(try planner.learnedRates().isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(5))) func aNewAccountBesideALinkedOneIsHeldOrWorthAWarning() async throws {
        try await Desk.with { desk in
            try await desk.ledger.bring(try await desk.ledger.add(Sample.row(reference: "r-1")), to: .linked)
            let planner = try LedgerPlanner(path: desk.path, policy: Sample.policy())
            let held = Sample.row("customer-1", "account-2", reference: "r-1")
            let other = Sample.row("customer-1", "account-3", reference: "r-2")
            let unnamed = Sample.row("customer-1", "account-4", reference: nil)
            #expect(
                try planner.foresee([held, other, unnamed]) == [
                    Foresight(work: .skip, state: .held), Foresight(work: .mintAndPost, state: nil),
                    Foresight(work: .mintAndPost, state: nil, mayBeRenumbered: true),
                ]
            )
        }
    }

    @Test(.timeLimit(.minutes(5))) func countsOwnersInDoubtAndKnowsWhenTheLedgerWasWritten() async throws {
        try await Desk.with { desk in
            for (number, standing) in [Standing.posting, .inDoubt, .inDoubt, .minted].enumerated() {
                let row = Sample.row("customer-\(number / 2)", "account-\(number)")
                try await desk.ledger.bring(try await desk.ledger.add(row), to: standing)
            }
            try await desk.ledger.noteLearned([.bond: 3.5], at: Sample.start)
            let planner = try LedgerPlanner(path: desk.path, policy: Sample.policy())
            #expect(try planner.ownersInDoubt() == 2)
            #expect(try planner.epoch() == 1)
            #expect(try planner.learnedRates() == [.bond: 3.5])
        }
    }
}

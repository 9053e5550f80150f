package import Domain
import Pacing

/// Removes links at Bond: only such as Bond lists for their owner, and each until Bond's list shows it gone.
package struct Remover: Sendable {
    private let tools: RunTools
    private let control: RunControl
    private let removals: any RemovalLedger
    private let form: RemovalForm
    private let cardAccount: String?
    private let lister: OwnerListing
    private let sender: RemovalSender
    private let lanes = Lanes()
    private let streak = SetUpStreak()

    /// Prepares removals.
    ///
    /// - Parameters:
    ///   - tools: What they work with.
    ///   - board: Counts the calls, and says why they stop.
    ///   - control: Stops them.
    ///   - removals: The ledger that keeps them.
    ///   - form: In which form of Bond's.
    ///   - cardAccount: The card account for the form that needs one, in place of the one that Bond lists.
    package init(
        tools: RunTools,
        board: RunBoard,
        control: RunControl,
        removals: any RemovalLedger,
        form: RemovalForm,
        cardAccount: String? = nil
    ) {
        self.tools = tools
        self.control = control
        self.removals = removals
        self.form = form
        self.cardAccount = cardAccount
        lister = OwnerListing(tools: tools, board: board, control: control)
        sender = RemovalSender(tools: tools, board: board, control: control, removals: removals, form: form)
    }

    /// Removes links of one owner; never throws: what stops it stops the command.
    ///
    /// - Parameter orders: At least one, all of one owner.
    /// - Returns: What became of each, in the same order.
    package func remove(_ orders: [RemovalOrder]) async -> [RemovalResult] {
        guard let owner = orders.first?.owner else { return [] }
        _ = await lanes.enter(owner)
        var cases = orders.map { RemovalCase($0, RemovalStanding()) }
        do {
            for at in orders.indices {
                cases[at] = RemovalCase(orders[at], try await removals.standing(of: orders[at]))
            }
            try await work(&cases, owner)
        } catch is CallGate.Closed, is CancellationError {
            // What stopped the command is known; the results say how far each link had come.
        } catch {
            control.stop(.unwritable("\(error)"))
        }
        lanes.leave(owner)
        return cases.map(\.result)
    }

    private func work(_ cases: inout [RemovalCase], _ owner: Owner) async throws {
        guard cases.contains(where: \.isOpen) else { return }
        let isInDoubt = try await tools.ledger.doubts(of: owner).contains { $0.cause != .duplicate }
        let call = try await lister.list(owner)
        guard case .success(let listed) = call.reply else {
            return await noteListing(call, &cases)
        }
        for at in cases.indices where cases[at].isOpen { try await examine(&cases[at], listed, isInDoubt: isInDoubt) }
        try await rounds(&cases, owner)
    }

    /// What a list that cannot be had means for all who wait for it.
    private func noteListing(_ call: RemoteCall<[BondAccount]>, _ cases: inout [RemovalCase]) async {
        let missing = await lister.missing(call)
        let outcome = missing.isAnswer ? RemovalResult.Outcome.refused : .unreached
        for at in cases.indices where cases[at].isOpen { cases[at].stage = .ended(outcome, missing.failure) }
    }

    /// Looks at a link as Bond lists it, and says whether it may be removed.
    private func examine(_ item: inout RemovalCase, _ listed: [BondAccount], isInDoubt: Bool) async throws {
        item.account = listed.first(where: item.order.isFor)
        guard let account = item.account else {
            // It was listed when the DELETE left: now its absence is evidence.
            guard item.standing.isOpen else {
                item.stage = .ended(.notListed, Self.notListed(item))
                return
            }
            return try await end(&item, .removed)
        }
        if account.isRemoved {
            try await removals.commit(item.change(.settled(.removed), at: tools.now()))
            item.stage = .ended(item.standing.isOpen ? .removed : .alreadyRemoved, nil)
            return
        }
        if let refusal = refusal(of: item) {
            item.stage = .ended(.refused, refusal)
            return
        }
        if isInDoubt, item.standing.row?.state != .linked {
            item.stage = .ended(.heldUp, Self.inDoubt)
            return
        }
        if let refusal = try await safeguard.refusal(of: item, listed) {
            item.stage = .ended(.refused, refusal)
            return
        }
        item.path = form.path(cardAccount: cardAccount ?? account.cardID)
        item.stage = item.path == nil ? .ended(.refused, Self.noCardAccount) : .toSend
    }

    private var safeguard: ReplacementCheck { ReplacementCheck(removals: removals) }

    private func refusal(of item: RemovalCase) -> Failure? {
        guard let row = item.standing.row, row.owner != item.order.owner else { return nil }
        return .removal("other_owner", "the ledger has the link under \(row.owner.kind.rawValue) \(row.owner.id)")
    }

    private static func notListed(_ item: RemovalCase) -> Failure {
        let known =
            item.standing.row.map { "; the ledger has it as \($0.state.rawValue): relink reconcile --all" } ?? ""
        return .removal("not_listed", "Bond does not list the link for this owner" + known)
    }

    private static let inDoubt = Failure.removal(
        "owner_in_doubt",
        "a row of this owner is in doubt and this may be its link, which a run would then make again: relink reconcile"
    )
    private static let noCardAccount = Failure.removal(
        "no_card_account",
        "Bond lists no card account for the link, which --delete-form card needs: give --card-account, or another form"
    )

    /// Sends what is to be sent and has Bond's list tell what it did, until everything has ended.
    private func rounds(_ cases: inout [RemovalCase], _ owner: Owner) async throws {
        var looks = 0
        while true {
            for at in cases.indices where cases[at].stage == .toSend { try await send(&cases[at]) }
            guard cases.contains(where: \.isOpen) else { return }
            let call = try await lister.list(owner)
            guard case .success(let listed) = call.reply else { return noteUnconfirmed(&cases) }
            looks += 1
            for at in cases.indices where cases[at].isOpen {
                try await confirm(&cases[at], listed, isLast: looks > Self.looks)
            }
            guard cases.contains(where: \.isOpen) else { return }
            try await tools.clock.sleep(pause(before: cases, looks))
        }
    }

    /// How often Bond's list is asked, within the time that Bond may take to show what it did.
    private static let looks = 5

    private func pause(before cases: [RemovalCase], _ looks: Int) -> Duration {
        let look = tools.settings.settle / Self.looks
        guard cases.contains(where: { $0.stage == .toSend }) else { return look }
        return min(look, tools.settings.retries.delay(after: looks, connecting: false, jitter: tools.jitter()))
    }

    private func send(_ item: inout RemovalCase) async throws {
        guard let account = item.account, let path = item.path else { return }
        let answer = try await sender.send(&item, account, by: path)
        switch answer {
        case .neverSent(let failure):
            try await removals.commit(item.change(.settled(.noEffect), at: tools.now()))
            item.stage = .ended(.unreached, failure)
        case .refused(let failure): try await refuse(&item, failure)
        default: item.stage = .toConfirm(answer)
        }
    }

    private func refuse(_ item: inout RemovalCase, _ failure: Failure) async throws {
        try await removals.commit(item.change(.settled(.refused), at: tools.now()))
        item.stage = .ended(.refused, failure)
        guard streak.isOver(after: failure) else { return }
        control.stop(
            .refused(
                "Bond refused the first five removals alike, with \(failure.code): that is set-up. Look at the message, and "
                    + "try another --delete-form."
            )
        )
    }

    private func end(_ item: inout RemovalCase, _ outcome: RemovalResult.Outcome) async throws {
        try await removals.commit(item.change(.settled(.removed), at: tools.now()))
        if item.path != nil { streak.succeeded() }
        item.stage = .ended(outcome, nil)
    }

    /// Reads in Bond's list what a DELETE did.
    private func confirm(_ item: inout RemovalCase, _ listed: [BondAccount], isLast: Bool) async throws {
        guard case .toConfirm(let answer) = item.stage else { return }
        let account = listed.first(where: item.order.isFor)
        guard let account, !account.isRemoved else { return try await end(&item, .removed) }
        switch answer {
        case .missing(let failure):
            try await refuse(
                &item,
                .removal(failure.code, "Bond does not find the link that it lists: try another --delete-form")
            )
        case .unknown(let failure, let mayRepeat):
            item.failures += 1
            let isOver = !mayRepeat || item.failures >= tools.settings.retries.tries
            let refusal = try await safeguard.refusal(of: item, listed)
            item.stage = isOver || refusal != nil ? .ended(.unsettled, refusal ?? failure) : .toSend
        default:
            if isLast { item.stage = .ended(.unsettled, Self.stillListed) }
        }
    }

    private static let stillListed = Failure.removal(
        "still_listed",
        "Bond took the call and lists the link still, as it was: run the same command again later"
    )

    private func noteUnconfirmed(_ cases: inout [RemovalCase]) {
        let failure = Failure.removal("listing_failed", "Bond's list, which is to confirm the removal, cannot be had")
        for at in cases.indices where cases[at].isOpen { cases[at].stage = .ended(.unsettled, failure) }
    }
}

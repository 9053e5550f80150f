import Domain

/// One owner's rows with every attempt, for a person.
package struct CustomerText: Sendable {
    private let history: CustomerHistory

    /// Makes the text of an owner's rows.
    package init(_ history: CustomerHistory) {
        self.history = history
    }

    /// The lines, without a line break at the end.
    package var text: String {
        let title = "\(history.owner.kind.rawValue) \(history.owner.id): \(history.rows.count.counted("row"))"
        let paragraphs = history.rows.map { factLines(of: $0.row) + callLines(of: $0) }
        return Paragraphs.joined([[title.printable]] + paragraphs)
    }

    private func factLines(of row: ReportRow) -> [String] {
        var table = TextTable(.left, .left)
        func add(_ name: String, _ parts: String?...) {
            let present = parts.compactMap(\.self)
            if !present.isEmpty { table.add([name, present.joined(separator: ", ")]) }
        }
        add("account", row.accountID)
        add("state", row.state.rawValue)
        add("reference", row.reference)
        add("linked as", row.linkedAccountID, row.bondStatus, row.verificationStatus, usability(of: row))
        add("linked at", row.linkedAt?.description)
        add("error", row.failure?.inWords)
        if row.action != .none { add("to do", row.failure?.advice ?? row.action.advice) }
        if let item = row.item { add("connection", item.institution, health(of: item)) }
        if let id = row.item?.proposedAccountID {
            add("new account", "\(id) seems to be the same (\(row.item?.proposedBy ?? "")); put it into the input")
        }
        add("plaid request", row.plaidRequestID ?? row.failure?.requestID)
        add("first seen", row.firstSeenAt?.description)
        add("updated", row.updatedAt?.description, row.runID.map { "run " + $0 })
        add("input", row.inputFile.map { file in file + (row.inputLine.map { ":\($0)" } ?? "") })
        add("sent to Bond", row.attempts == 1 ? "once" : "\(row.attempts.grouped) times")
        return table.lines
    }

    private func health(of item: ItemStanding) -> String {
        let checked = item.checkedAt.map { ", checked \($0)" } ?? ""
        guard !item.health.isGood else {
            return "works" + (item.repairedAt.map { " again since \($0)" } ?? "") + checked
        }
        let since = item.unhealthySince.map { " since \($0)" } ?? ""
        return (item.health.failure?.inWords ?? "does not work") + since + checked
    }

    /// A word on links that money cannot move over, as far as Bond's statuses tell.
    private func usability(of row: ReportRow) -> String? {
        guard row.state == .linked, let id = row.linkedAccountID else { return nil }
        let account = BondAccount(
            linkedAccountID: id,
            status: row.bondStatus,
            verificationStatus: row.verificationStatus
        )
        return account.isUsable ? nil : "not usable yet"
    }

    private func callLines(of row: CustomerHistory.Row) -> [String] {
        guard !row.calls.isEmpty else { return [] }
        var table = TextTable(.left, .left, .left, .left, .right, .right, .left)
        table.add(["  SENT", "RUN", "CALL", "RESULT", "HTTP", "TOOK", "ANSWER"])
        for call in row.calls {
            let attempt = call.attempt
            table.add([
                "  " + attempt.sentAt.description, call.runID, attempt.call.rawValue, attempt.result.rawValue,
                attempt.status.map(String.init) ?? "-", attempt.latency?.inWords ?? "-", answer(to: attempt),
            ])
        }
        return table.lines
    }

    private func answer(to attempt: Attempt) -> String {
        [attempt.code, attempt.message, attempt.requestID.map { "request " + $0 }]
            .compactMap(\.self).joined(separator: ", ")
    }
}

extension Failure {
    /// Why a link is not adopted.
    static func adoption(_ code: String, _ why: String) -> Failure {
        Failure(source: .bond, code: code, message: why)
    }

    static let bondsAccountID = adoption(
        "not_plaids_account_id",
        "the account_id is the link's id at Bond: give Plaid's, or a run would not know the row and link the account again"
    )

    static func otherLink(_ row: AdoptionStanding.Row) -> Failure {
        adoption(
            "linked_otherwise",
            "the ledger has the account linked as \(row.links.min() ?? "another link"): of two links of one account, remove "
                + "one (relink accounts remove)"
        )
    }

    static func linkOwned(_ row: RemovalStanding.OwningRow, _ position: InputPosition?) -> Failure {
        let place = position.map { ", from \($0.file):\($0.line)" } ?? ""
        return adoption(
            "link_owned_by_other_row",
            "the ledger has the link for \(row.owner.kind.rawValue) \(row.owner.id), account \(row.accountID)\(place)"
        )
    }

    static func removalOnRecord(_ link: RemovalStanding) -> Failure {
        link.isOpen
            ? adoption("removal_open", "a removal of the link is not settled: type that `relink accounts remove` again")
            : adoption("removed_on_request", "`relink accounts remove` removed the link")
    }

    static func rowInDoubt(_ row: AdoptionStanding.Row) -> Failure {
        adoption(
            "row_in_doubt",
            "the row is \(row.state.rawValue): settle it first (relink reconcile, or relink resolve)"
        )
    }

    static let ownerInDoubt = adoption(
        "owner_in_doubt",
        "another row of this owner is in doubt, and this may be its link: relink reconcile first"
    )
}

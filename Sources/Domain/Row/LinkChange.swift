/// One durable step in a row's life, committed as a whole.
package struct LinkChange: Sendable {
    /// Which row.
    package let link: Link.ID
    /// What happened to it.
    package let event: Event
    /// When, on this machine's clock.
    package let at: Timestamp
    /// The API call behind it, if one ended.
    package let attempt: Attempt?

    package init(_ link: Link.ID, _ event: Event, at: Timestamp, attempt: Attempt? = nil) {
        self.link = link
        self.event = event
        self.at = at
        self.attempt = attempt
    }

    /// What can happen to a row.
    package enum Event: Sendable {
        /// A public token's exchange leaves now; if nothing more is heard of it, an access token may be lost.
        case exchangeSent(Secret)
        /// Plaid gave an access token for the public token: it is sealed in the ledger before anything else happens.
        case exchanged(Secret, ExchangedToken)
        /// The access token of an earlier exchange of the public token is the row's.
        case exchangeFound(Secret)
        /// The exchange came to nothing for now. `open`: Plaid may have made an access token.
        case exchangeFailed(Secret, open: Bool)
        /// A mint leaves now; if nothing more is heard of it, a token may be lost.
        case mintSent
        /// Plaid made a token for the row's account: the row is `minted`.
        case minted(ProcessorToken, of: Identity)
        /// The mint came to nothing for now; the row keeps its state. `orphaned`: Plaid may have made a token.
        case mintFailed(orphaned: Bool)
        /// The row rests here, for good or for this run; nothing of it is out. `orphaned`: Plaid may have made a token.
        case settled(Settlement, orphaned: Bool)
        /// The token at hand is of no more use: the row must be minted anew.
        case tokenDiscarded
        /// The POST leaves now: the row is `posting`.
        case intent(clockOffset: Duration?)
        /// Bond did not act: the row is what it was before the intent. `left`: the POST did reach Bond.
        case intentClosed(left: Bool)
        /// Bond made the link: the row is `linked`, its token wiped.
        case linked(BondAccount, Evidence)
        /// Bond refused, and did not act.
        case postSettled(Settlement)
        /// Bond may have acted: the row is `in_doubt`.
        case inDoubt(Failure, cause: Doubt.Cause)
        /// Reconciling could not settle it: still `in_doubt`, and this is why.
        case stillInDoubt(Failure)
        /// Reconciling or a person found no link: the row is `minted` again, or `pending` without a token.
        case provenAbsent(because: String)
        /// A person takes a verdict back: the row is `in_doubt` again, and only one fitting link or a person settles it.
        case reopened(because: String)
        /// An answer about this row stopped the run: it is tried last next time.
        case stoppedRun
        /// The audit found the link gone.
        case unlinked(Failure)
        /// The audit did not find the link, for the first time.
        case missedByAudit
        /// The audit found the link, and this is how Bond describes it now.
        case seenByAudit(BondAccount)
        /// A call that changes nothing about the row.
        case noted
    }

    /// How a link came to be known.
    package enum Evidence: Sendable, Equatable {
        /// Bond answered the POST with success.
        case answered
        /// Reconciling found it in Bond's list.
        case listed
        /// A person said so.
        case person(because: String)
        /// It was made elsewhere; a file named it, and Bond's list confirmed it.
        case adopted
    }
}

import Domain

/// A row in work: what the ledger knows of it, and the access token that only the input has.
struct WorkItem: Sendable {
    let link: Link
    let accessToken: Secret
    /// Whether the row has had its second POST after a doubt that came to nothing.
    let isRepeat: Bool

    init(link: Link, accessToken: Secret, isRepeat: Bool = false) {
        self.link = link
        self.accessToken = accessToken
        self.isRepeat = isRepeat
    }

    var owner: Owner { link.identity.owner }
}

/// How a row's way through this run ended.
enum JourneyEnd: Sendable, Equatable {
    /// It rests in this state.
    case settled(RowState)
    /// Its POST is in doubt.
    case doubted
    /// Its refusal waits for a success that shows it is about the row.
    case provisional
    /// Its owner has a row in doubt: it is tried at the end of the run.
    case deferred
    /// The run ended before it was tried to the end.
    case unreached

    /// One word for the log: a state, or why there is none yet.
    var word: String {
        switch self {
        case .settled(let state): state.rawValue
        case .doubted: RowState.inDoubt.rawValue
        case .provisional: "provisional"
        case .deferred: "deferred"
        case .unreached: "unreached"
        }
    }
}

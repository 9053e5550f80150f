import Domain

/// A row in work: what the ledger knows of it, and the token that only the input has.
struct WorkItem: Sendable {
    let link: Link
    let credential: Credential
    /// The user's own id for the row, for the log.
    let reference: String?
    /// Whether the row has had its second POST after a doubt that came to nothing.
    let isRepeat: Bool

    init(link: Link, credential: Credential, reference: String?, isRepeat: Bool = false) {
        self.link = link
        self.credential = credential
        self.reference = reference
        self.isRepeat = isRepeat
    }

    /// What is to be done about a row of the input.
    init(link: Link, _ row: InputRow) {
        self.init(link: link, credential: row.credential, reference: row.reference)
    }

    /// The same row, as the ledger knows it now.
    func with(_ link: Link, isRepeat: Bool? = nil) -> WorkItem {
        WorkItem(link: link, credential: credential, reference: reference, isRepeat: isRepeat ?? self.isRepeat)
    }

    var owner: Owner { link.identity.owner }
}

/// How a row's way through this run ended.
enum JourneyEnd: Sendable, Equatable {
    /// It rests in this state; the code says why where it is not linked.
    case settled(RowState, code: String? = nil)
    /// Its POST is in doubt.
    case doubted(code: String)
    /// Its refusal waits for a success that shows it is about the row.
    case provisional(code: String)
    /// Its owner has a row in doubt: it is tried at the end of the run.
    case deferred
    /// The run ended before it was tried to the end.
    case unreached

    /// One word for the log: a state, or why there is none yet.
    var word: String {
        switch self {
        case .settled(let state, _): state.rawValue
        case .doubted: RowState.inDoubt.rawValue
        case .provisional: "provisional"
        case .deferred: "deferred"
        case .unreached: "unreached"
        }
    }

    /// The error code that the row ended with, if it did.
    var code: String? {
        switch self {
        case .settled(_, let code): code
        case .doubted(let code), .provisional(let code): code
        case .deferred, .unreached: nil
        }
    }

    /// Whether the row's refusal waits for a success.
    var isProvisional: Bool {
        if case .provisional = self { true } else { false }
    }

    /// Whether the row's POST is in doubt.
    var isDoubted: Bool {
        if case .doubted = self { true } else { false }
    }
}

package import FoundationEssentials

/// One time that Link was opened with a link token.
package struct LinkSession: Sendable, Codable, Equatable {
    /// How a session ended.
    package enum Outcome: Sendable, Codable, Equatable {
        /// The customer connected the bank, or repaired the connection.
        case success(publicToken: String, accounts: [ItemAccount])
        /// The customer closed Link, after the error of that code or without one.
        case exit(errorCode: String?)
    }

    /// A customer's way to the bank's own page and back.
    struct BankVisit: Sendable, Codable, Equatable {
        enum Verdict: String, Sendable, Codable {
            case pending
            case approved
            case denied
        }

        let state: String
        let returnAddress: String
        var verdict = Verdict.pending
        var isOver = false
    }

    /// Its `link_session_id`.
    package let id: String
    /// When Link was opened.
    package let started: Date
    /// When it was over.
    package internal(set) var finished: Date?
    /// How it ended; nil while it has not.
    package internal(set) var outcome: Outcome?
    var visit: BankVisit?

    /// What can be exchanged, or, in update mode, need not be.
    package var publicToken: String? {
        if case .success(let token, _) = outcome { token } else { nil }
    }

    /// `SUCCESS` or `EXITED`.
    var status: String { publicToken == nil ? "EXITED" : "SUCCESS" }
}

/// How a session is to end.
package enum SessionEnding: Sendable, Equatable {
    /// With the accounts named, or with those that the session would offer.
    case success(accounts: [ItemAccount]? = nil)
    /// The customer closes Link.
    case exit
    /// The customer closes Link after one of Plaid's errors.
    case error(String)
}

extension SessionEnding {
    /// Reads `ending`, `accounts` and `error_code`; nil where they say no ending.
    init?(_ members: [String: JSON]) throws {
        switch (members["ending"]?.string, members["error_code"]?.string) {
        case ("success", nil): self = .success(accounts: try members["accounts"]?.decoded(as: [ItemAccount].self))
        case ("exit", nil): self = .exit
        case ("error", let code?): self = .error(code)
        default: return nil
        }
    }
}

package import FoundationEssentials

/// One call as the log keeps it; recorded before its answer is sent.
package struct CallRecord: Sendable {
    /// Counts every call since the start, from 1.
    package let number: Int
    /// Whose call it was.
    package let api: API
    /// What it asked for; nil where the path was unknown.
    package let operation: Operation?
    /// Its HTTP method.
    package let method: String
    /// Its path, without the query.
    package let path: String
    /// When its answer was ready.
    package let time: Date
    /// The HTTP status; 0 where none was sent.
    package let status: Int
    /// Whether a limit refused it.
    package let isRefusedByLimit: Bool
    /// The owner it was about, where it named one.
    package let owner: String?
    /// The Plaid account it was about, where it named one.
    package let accountID: String?
    /// The catalogue's name of the answer it got, or `outage`; nil where it got no further than the checks.
    package let answer: String?
}

/// The counts of one API.
package struct Tally: Sendable, Equatable {
    /// Calls of every kind that came in.
    package var total = 0
    /// Calls that no limit refused.
    package var accepted = 0
    /// Calls that a limit refused.
    package var rateLimited = 0
    /// How many calls got each status; 0 is a call without an answer.
    package var byStatus: [Int: Int] = [:]
    /// The most limited calls that came in during any 60 s: mints for Plaid, every call for Bond.
    package var maxCallsIn60s = 0
    /// The same, without those a limit refused.
    package var maxAcceptedIn60s = 0
}

/// The state of the world in numbers.
package struct WorldCounts: Sendable {
    /// The counts of each API.
    package var calls: [API: Tally] = [:]
    /// Processor tokens ever made.
    package var tokensMinted = 0
    /// Those of them made for an access token and account that had one before.
    package var tokensRepeated = 0
    /// Links ever made, planted ones included.
    package var linksCreated = 0
    /// Links that were not removed.
    package var linksActive = 0
    /// (owner, account id) pairs with more than one active link.
    package var doubleLinks = 0
    /// Tokens that no Bond call ever carried.
    package var orphanTokens = 0
}

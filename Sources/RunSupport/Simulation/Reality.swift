import Domain
import Synchronization
import TestSupport

/// What is true at Plaid and Bond, whatever the client knows of it.
final class Reality: Sendable {
    struct State {
        var random: SeededGenerator
        var weather = Weather.fair
        var plaid = RemoteServer()
        var bond = RemoteServer()
        /// Whose access token it is.
        var owners: [String: Owner] = [:]
        var tokens: [String: Identity] = [:]
        var links: [MadeLink] = []
        /// POSTs that may still come to something.
        var underway: [Identity: Int] = [:]
        var callTimeout = Duration.seconds(30)
    }

    let climate: Climate
    let clock: SimulatedClock
    let trace: Trace
    let judge: Judge
    let state: Mutex<State>

    init(climate: Climate, random: SeededGenerator, clock: SimulatedClock, trace: Trace, judge: Judge) {
        self.climate = climate
        self.clock = clock
        self.trace = trace
        self.judge = judge
        state = Mutex(State(random: random))
    }

    /// The links that are there.
    var links: [MadeLink] { state.withLock { $0.links } }

    /// Makes an access token known as an owner's.
    func register(_ accessToken: String, of owner: Owner) {
        state.withLock { $0.owners[accessToken] = owner }
    }

    /// Puts a link there that nobody of ours has made.
    func add(_ link: MadeLink) {
        state.withLock { $0.links.append(link) }
    }

    /// Changes the weather and both fronts.
    func set(_ weather: Weather, plaid: RemoteServer, bond: RemoteServer, callTimeout: Duration) {
        state.withLock { state in
            state.weather = weather
            state.plaid = plaid
            state.bond = bond
            state.callTimeout = callTimeout
        }
    }

    /// How many links an identity has that are not removed, and how many of its POSTs may still make one.
    func truth(of identity: Identity) -> (links: Int, underway: Int) {
        state.withLock { state in
            (
                state.links.count { $0.owner == identity.owner && $0.account == identity.accountID && !$0.isRemoved },
                state.underway[identity, default: 0]
            )
        }
    }

    /// The identity that a link was made for; nothing where there is no such link.
    func identity(ofLink id: String) -> Identity? {
        state.withLock { state in
            state.links.first { $0.id == id }.map { Identity(owner: $0.owner, accountID: $0.account ?? "") }
        }
    }

    /// How long something takes, up to `longest` milliseconds.
    func draw(upTo longest: Int) -> Duration {
        longest == 0 ? .zero : state.withLock { .milliseconds(Int.random(in: 0...longest, using: &$0.random)) }
    }

    func draw<Choice: Sendable>(_ choices: [Choice]) -> Choice {
        state.withLock { $0.random.pick(choices) }
    }

    func chance(percent: Int) -> Bool {
        percent > 0 && state.withLock { $0.random.chance(percent: percent) }
    }

    /// Whether the row is one that is refused for good in this weather.
    func isSick(_ account: String, _ percent: Int) -> Bool {
        account.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) % 1_009 } % 100 < percent
    }

    /// The server's clock as a `Date` header gives it.
    var bondDate: Timestamp {
        let now = (clock.now + climate.bondOffset).milliseconds
        return Timestamp(milliseconds: now.floorDivided(by: 1_000).quotient * 1_000)
    }
}

extension Reality {
    /// The row that a mint with this access token is for.
    func identity(of accessToken: String, _ account: String) -> Identity {
        Identity(
            owner: state.withLock { $0.owners[accessToken] } ?? Owner(kind: .customer, id: "nobody"),
            accountID: account
        )
    }

    /// The row that a processor token was made for; nothing where nobody made it.
    func identity(of token: String) -> Identity? {
        state.withLock { $0.tokens[token] }
    }

    /// A number from 0 up to, but not including, 1.
    func unit() -> Double {
        state.withLock { $0.random.unit() }
    }
}

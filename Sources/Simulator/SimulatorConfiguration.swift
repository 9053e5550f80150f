/// Everything a simulator is started with.
package struct SimulatorConfiguration: Sendable {
    /// The four values that calls must carry.
    package struct Credentials: Sendable {
        /// Plaid's `client_id`.
        package var plaidClientID: String
        /// Plaid's `secret`.
        package var plaidSecret: String
        /// Bond's `Identity` header.
        package var bondIdentity: String
        /// Bond's `Authorization` header, without a scheme.
        package var bondAuthorization: String

        /// Puts credentials together.
        package init(plaidClientID: String, plaidSecret: String, bondIdentity: String, bondAuthorization: String) {
            self.plaidClientID = plaidClientID
            self.plaidSecret = plaidSecret
            self.bondIdentity = bondIdentity
            self.bondAuthorization = bondAuthorization
        }

        /// The fixed values that a simulator accepts unless told otherwise; they open nothing else.
        package static let standard = Credentials(
            plaidClientID: "5eed0000c11e9700005eed00",
            plaidSecret: "5eed00005ec4e700005eed00005eed",
            bondIdentity: "5eed0000-1de9-4717-8000-00005eed0000",
            bondAuthorization: "simulator-authorization-5eed0000"
        )
    }

    /// The secret that Bond's list shows as `plaid_access_token`; finding it in a client's output proves a leak.
    package static let listedAccessToken = "access-sandbox-0ca9a4e0-beef-4bad-8bad-5ec4e7ca9a47"
    /// The account number that Bond's full list shows; finding it in a client's output proves a leak.
    package static let listedAccountNumber = "9900009606"

    /// The address to listen on.
    package var host: String
    /// The port to listen on; 0 takes any free one.
    package var port: Int
    /// What calls must carry.
    package var credentials: Credentials
    /// Where faults, hidden links and latencies are drawn from.
    package var seed: UInt64
    /// Answers laid down beforehand.
    package var scenario: Scenario
    /// The file that keeps tokens and links through a restart; none keeps them in memory only.
    package var journal: String?
    /// The most calls the log keeps; older ones are dropped, their counts are not.
    package var logCapacity: Int
    /// What `POST /admin/faults` can change while the simulator runs.
    package var behaviour: SimulatorBehaviour

    /// Makes a configuration; everything has a default.
    package init(
        host: String = "127.0.0.1",
        port: Int = 0,
        credentials: Credentials = .standard,
        seed: UInt64 = 1,
        scenario: Scenario = Scenario(),
        journal: String? = nil,
        logCapacity: Int = 10_000,
        behaviour: SimulatorBehaviour = SimulatorBehaviour()
    ) {
        self.host = host
        self.port = port
        self.credentials = credentials
        self.seed = seed
        self.scenario = scenario
        self.journal = journal
        self.logCapacity = logCapacity
        self.behaviour = behaviour
    }
}

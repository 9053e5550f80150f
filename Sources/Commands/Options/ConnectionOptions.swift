import ArgumentParser

/// Which servers a command talks to, and how.
struct ConnectionOptions: ParsableArguments {
    @Option(help: "sandbox, production or simulator (RELINK_ENV). Default: sandbox.")
    var env: String?

    @Option(name: .customLong("plaid-url"), help: "Plaid's address in place of the environment's (PLAID_BASE_URL).")
    var plaidURL: String?

    @Option(name: .customLong("bond-url"), help: "Bond's address in place of the environment's (BOND_BASE_URL).")
    var bondURL: String?

    @Option(help: "A PEM file of certificate authorities to trust besides the system's.")
    var caFile: String?

    @Option(help: "How long one call may take, connection included. Default: 30s.")
    var timeout: String?

    @Option(help: "Bond calls at most, as N/s, N/min, N/h or unlimited. Default: 600/min.")
    var bondRate: String?

    @Option(help: "Calls in flight at each API at most. Default: 32.")
    var concurrency: String?

    @Option(help: "How long Bond may take to list a new link. Default: 60s in production, 10s in sandbox.")
    var settle: String?

    @Option(help: "Wait so long for another run to free the ledger, as 10m. Default: not at all.")
    var waitLock: String?

    @Flag(help: "Take an empty list of Bond's as proof that a link was not made.")
    var trustList = false
}

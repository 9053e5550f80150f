package import Domain

/// All that opening a ledger for a run takes.
package struct LedgerOpening: Sendable {
    /// What kind of command writes.
    package enum Kind: String, Sendable {
        case run
        case reconcile
        case resolve
    }

    package var kind: Kind
    package var place: LedgerPlace
    /// Nothing where the command may work on a ledger of any environment and client.
    package var environment: DeploymentEnvironment?
    package var plaidClientID: String
    /// Nothing where no token is to be sealed or opened.
    package var keySource: LedgerKeys.Source?
    /// What the credentials of each API are known by: their successes are remembered, they are not.
    package var credentials: [API: Secret]
    /// Whether a ledger may be made where there is none.
    package var mayCreate: Bool
    /// Who takes the lock, for the message to the next who wants it.
    package var holder: String
    package var runID: String
    /// The command line, without values that are secret.
    package var command: String
    package var startedAt: Timestamp
    /// How long a call can have lasted when the process died.
    package var callTimeout: Duration
    /// How long a worker without a sign of life is believed to be at work, where others may work on the same ledger;
    /// nothing where this process wants it alone.
    package var lease: Duration?
    /// Is told where a server goes away for longer than a moment, and when it is back.
    package var onOutage: @Sendable (ServerOutage) -> Void

    /// Whether other workers may be at work on the ledger: only a server can keep them apart.
    var isShared: Bool { lease != nil && place.filePath == nil }

    /// What the ledger is called in messages.
    var path: String { place.description }

    package init(
        kind: Kind,
        place: LedgerPlace,
        environment: DeploymentEnvironment?,
        plaidClientID: String,
        keySource: LedgerKeys.Source?,
        credentials: [API: Secret],
        mayCreate: Bool,
        holder: String,
        runID: String,
        command: String,
        startedAt: Timestamp,
        callTimeout: Duration,
        lease: Duration? = nil,
        onOutage: @escaping @Sendable (ServerOutage) -> Void = { _ in }
    ) {
        self.kind = kind
        self.place = place
        self.environment = environment
        self.plaidClientID = plaidClientID
        self.keySource = keySource
        self.credentials = credentials
        self.mayCreate = mayCreate
        self.holder = holder
        self.runID = runID
        self.command = command
        self.startedAt = startedAt
        self.callTimeout = callTimeout
        self.lease = lease
        self.onOutage = onOutage
    }
}

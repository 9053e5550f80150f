/// Why a ledger cannot be used; each case says which, and what to do now.
package enum LedgerError: Error, Equatable, CustomStringConvertible {
    case missing(path: String)
    case empty(path: String)
    case notALedger(path: String)
    case newer(path: String)
    case damaged(path: String, what: String)
    case cannotCreate(path: String, why: String)
    case cannotWrite(path: String, why: String)
    case cannotRead(path: String, why: String)
    case full(path: String)
    case readOnly(path: String)
    case diskFault(path: String, what: String)
    case inUse(path: String, holder: String)
    case locked(path: String)
    case otherEnvironment(path: String, its: String, asked: String)
    case otherClient(path: String)
    case notDurable(path: String, synchronous: Int)
    case takenOver(path: String)
    case illegalStep(link: Int64, step: String)
    case noSuchRow(String)
    case noSuchRun(String, known: [String])
    case noHistory(run: String)
    case linkOwned(id: String)
    case restoreCutShort(path: String, draft: String)
    case forgetful(path: String)
    case older(path: String)
    case badAddress
    case unreachable(path: String, why: String)
    case connectionLost(path: String, why: String)
    case refused(path: String, why: String)
    case insecure(path: String, host: String)
    case needsFile(path: String, instead: String)

    /// Whether the server that keeps the ledger is not there, or not any more.
    package var isServerAway: Bool {
        switch self {
        case .unreachable, .connectionLost: true
        default: false
        }
    }

    package var description: String {
        switch self {
        case .missing(let path):
            "There is no ledger at \(path). Check --ledger and the folder; `relink run` makes one (in production with "
                + "--new-ledger)."
        case .empty(let path):
            "The file \(path) is empty: there is no ledger in it. If there was one, restore a backup: relink ledger restore "
                + "COPY. If not, `relink run` makes one (in production with --new-ledger)."
        case .notALedger(let path):
            ServerAddress.isURL(path)
                ? "\(path) has tables that are no ledger of relink. Name another database or schema with --ledger."
                : "\(path) is not a ledger of relink, or its head is damaged. Name another file with --ledger, or restore a "
                    + "backup: relink ledger restore COPY."
        case .newer(let path): "\(path) was written by a newer relink. Update this program; the ledger is unchanged."
        case .damaged(let path, let what):
            "The ledger \(path) is damaged: \(what). Restore a backup: \(Self.restoring(path)). `relink doctor` shows "
                + "all that is wrong."
        case .forgetful(let path):
            "The server of the ledger \(path) came back without what it had committed, as a standby does that had not heard "
                + "of it. What was linked since is not known: run `relink reconcile --all` before the next run."
        case .cannotCreate(let path, let why): "The ledger \(path) cannot be created: \(SystemFault.advised(why))."
        case .cannotWrite(let path, let why):
            "The ledger \(path) cannot be written: \(why). Mend that, then run the same command again; nothing is lost."
        case .cannotRead(let path, let why): "The ledger \(path) cannot be read: \(why)."
        case .full(let path):
            "The ledger \(path) cannot be written: no room is left on its disk. Make room, then run the same command "
                + "again; nothing is lost."
        case .readOnly(let path):
            "The ledger \(path) cannot be written: file or folder is read-only. Make both writable, or name another "
                + "with --ledger."
        case .diskFault(let path, let what):
            "The ledger \(path) cannot be written: its disk failed (\(what)). Look at the disk (dmesg), then run the same "
                + "command again; relink checks the ledger first."
        case .inUse(let path, let holder):
            "The ledger \(path) is in use by \(holder). Wait for it to end, then run again."
        case .locked(let path):
            "The ledger \(path) is locked by another program, such as a database browser. End what it is doing there, "
                + "then run the same command again; nothing is lost."
        case .otherEnvironment(let path, let its, let asked):
            "The ledger \(path) belongs to the \(its) environment, not to \(asked). Use one ledger for each."
        case .otherClient(let path):
            "The ledger \(path) belongs to another Plaid client id. Use one ledger for each client."
        case .notDurable(let path, let level):
            "The ledger \(path) would not survive a power cut (synchronous=\(level) in place of 2). Report this."
        case .takenOver(let path): "Another run has taken over the ledger \(path); this one stops before its next POST."
        case .illegalStep(let link, let step): "Row \(link) cannot take the step \(step) from its state. Report this."
        case .noSuchRow(let what): "The ledger has no row of \(what)."
        case .noSuchRun(let name, let known):
            "The ledger has no run \"\(name)\". "
                + (known.isEmpty ? "It has none yet." : "The last ones: \(known.joined(separator: ", ")); or say last.")
        case .noHistory(let run):
            "What the rows were at the end of run \(run) is not on record: that was before the ledger kept it, or "
                + "`ledger prune` has removed it, or the ledger was restored from a copy since. Compare later runs."
        case .linkOwned(let id): "Another row of the ledger owns the link \(id) already."
        case .restoreCutShort(let path, let draft):
            "Putting a copy in the place of the ledger \(path) was cut short. Type that `relink ledger restore` again; "
                + "or, if a new ledger is wanted there, remove \(draft) first."
        case .older(let path):
            "The ledger \(path) is of an older relink, and is brought up to date by the next run. Run once, then copy it."
        case .badAddress:
            "The ledger's URL cannot be read. It has the form postgresql://user@host:port/database, where a user name or "
                + "password writes each of : / ? # @ % with a percent sign and its code; a password is better kept in "
                + "PGPASSWORD or ~/.pgpass."
        case .unreachable(let path, let why):
            "The server of the ledger \(path) cannot be reached: \(why). Try again once it answers; nothing is lost."
        case .connectionLost(let path, let why):
            "The connection to the ledger \(path) is lost: \(why). Run the same command again once the server answers; "
                + "what was on its way is reconciled first."
        case .refused(let path, let why):
            "The server of the ledger \(path) refuses: \(why). Correct user, password (PGPASSWORD or ~/.pgpass), "
                + "database or rights, then run the same command again."
        case .insecure(let path, let host):
            "The ledger \(path) would be sent to \(host) where others can listen. Add sslmode=verify-full to its URL "
                + "(?sslmode=verify-full), or a tunnel that ends on this machine."
        case .needsFile(let path, let instead):
            "The ledger \(path) is no file, and this command is for files only: \(instead)."
        }
    }

    /// A value that no sound ledger has; which one is not told, for it may be secret.
    static func undecodable(_ path: String) -> LedgerError {
        .damaged(path: path, what: "a value is missing or of the wrong kind")
    }

    private static func restoring(_ path: String) -> String {
        ServerAddress.isURL(path) ? "with pg_restore, into another database" : "relink ledger restore COPY"
    }
}

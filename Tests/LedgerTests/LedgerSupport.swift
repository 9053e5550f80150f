import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// A ledger in a folder of its own, opened for a first run.
struct Desk {
    let folder: ScratchFolder
    let path: String
    let ledger: LedgerWriter

    var eye: LedgerEye {
        get throws { try LedgerEye(path) }
    }

    /// Runs `body` with a new ledger.
    static func with(_ body: (Desk) async throws -> Void) async throws {
        try await ScratchFolder.with { folder in
            let path = try TestEngine.current.makePath(in: folder)
            try await body(Desk(folder: folder, path: path, ledger: try LedgerWriter(Sample.opening(path))))
        }
    }

    /// Runs `body` with the path of a ledger that is not there yet.
    static func withPath(_ body: (String) async throws -> Void) async throws {
        try await ScratchFolder.with { try await body(TestEngine.current.makePath(in: $0)) }
    }
}

extension LedgerWriter {
    /// Takes one row in and returns it.
    func add(_ row: InputRow = Sample.row(), policy: AdmissionPolicy = Sample.policy()) async throws -> Link {
        let admissions = try await admit([row], policy: policy)
        switch admissions.first {
        case .work(let link, _), .reconcile(let link): return link
        default:
            return try await find(ownerID: row.identity.owner.id, accountID: row.identity.accountID)
        }
    }

    /// Commits a step, with a call behind it.
    @discardableResult
    func take(
        _ event: LinkChange.Event,
        on link: Link.ID,
        at moment: Timestamp = Sample.start,
        attempt: Attempt? = nil
    ) async throws -> CommitResult {
        try await commit(LinkChange(link, event, at: moment, attempt: attempt))
    }

    /// A processor token of this run for a row.
    func token(_ link: Link, _ text: String = "processor-sandbox-1") -> ProcessorToken {
        ProcessorToken(secret: Secret(text), fingerprint: link.fingerprint, mintedAt: Sample.start, run: run)
    }

    /// Brings a new row into a state, the way a run does.
    func bring(_ link: Link, to standing: Standing) async throws {
        switch standing {
        case .pending: break
        case .minted: try await take(.minted(token(link), of: link.identity), on: link.id)
        case .posting:
            try await bring(link, to: .minted)
            try await take(.intent(clockOffset: .milliseconds(250)), on: link.id)
        case .linked:
            try await bring(link, to: .posting)
            try await take(.linked(Sample.bondAccount("link-of-\(link.id)"), .answered), on: link.id)
        case .inDoubt:
            try await bring(link, to: .posting)
            try await take(.inDoubt(Sample.failure(), cause: .unanswered), on: link.id)
        case .retryable: try await take(.settled(Sample.settlement(.retryable), orphaned: false), on: link.id)
        case .retryableWithToken:
            try await bring(link, to: .posting)
            try await take(.postSettled(Sample.settlement(.retryable)), on: link.id)
        case .needsUser:
            try await take(.settled(Sample.settlement(.needsUser, .updateMode), orphaned: false), on: link.id)
        case .rejected: try await take(.settled(Sample.settlement(.rejected, .fixRow), orphaned: false), on: link.id)
        case .unlinked:
            try await bring(link, to: .linked)
            try await take(.unlinked(Sample.failure()), on: link.id)
        }
    }
}

/// A state of a row, with or without a token.
enum Standing: String, CaseIterable, Sendable {
    case pending
    case minted
    case posting
    case linked
    case inDoubt = "in_doubt"
    case retryable
    case retryableWithToken = "retryable with token"
    case needsUser = "needs_user"
    case rejected
    case unlinked

    /// What the table says.
    var state: String { rawValue.split(separator: " ").first.map(String.init) ?? rawValue }
    var hasToken: Bool { [.minted, .posting, .inDoubt, .retryableWithToken].contains(self) }
}

import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// What of the secrets is in the files, and who can read it.
@Suite struct SealingTests {
    private static let canary = "processor-sandbox-CANARY-5f1c"

    private func contains(_ path: String, _ text: String) -> Bool {
        let wanted = Array(text.utf8)
        return ["", "-wal", "-shm", ".lock"].contains { suffix in
            ScratchFolder.bytes(of: path + suffix).contains(wanted)
        }
    }

    @Test(.timeLimit(.minutes(5))) func noSecretIsInAnyFile() async throws {
        try await Desk.withPath { path in
            let opening = Sample.opening(
                path,
                client: "CANARY-client",
                key: .plaidSecret(Secret("CANARY-secret")),
                credentials: [.plaid: Secret("CANARY-plaid"), .bond: Secret("CANARY-bond")]
            )
            let ledger = try LedgerWriter(opening)
            let link = try await ledger.add(Sample.row(token: "access-sandbox-CANARY"))
            try await ledger.take(.minted(ledger.token(link, Self.canary), of: link.identity), on: link.id)
            try await ledger.noteSuccess(of: .plaid, at: Sample.start)
            try await ledger.noteStop("stop", of: .bond, at: Sample.start)
            #expect(try await ledger.link(link.id).token?.secret == Secret(Self.canary))
            #expect(!contains(path, "CANARY"))
        }
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [nil, LedgerKeys.Source.ledgerKey(Secret("plaid-secret")), .plaidSecret(Secret("b"))]
    )
    func anotherKeyOpensNothing(_ key: LedgerKeys.Source?) async throws {
        try await Desk.withPath { path in
            var id: Link.ID = 0
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                let link = try await ledger.add()
                id = link.id
                try await ledger.bring(link, to: .minted)
                #expect(try await ledger.link(id).tokenIsUnreadable == false)
            }
            let link = try await LedgerWriter(Sample.opening(path, key: key, runID: "run-2")).link(id)
            #expect(link.token == nil)
            #expect(link.tokenIsUnreadable)
            #expect(link.state == .minted)
        }
    }

    @Test(.timeLimit(.minutes(5))) func anotherRowCannotOpenIt() async throws {
        try await Desk.with { desk in
            let first = try await desk.ledger.add(Sample.row("customer-1", "account-1"))
            let second = try await desk.ledger.add(Sample.row("customer-1", "account-2"))
            try await desk.ledger.take(.minted(desk.ledger.token(first, "one"), of: first.identity), on: first.id)
            try await desk.ledger.take(.minted(desk.ledger.token(second, "two"), of: second.identity), on: second.id)
            try desk.eye.execute(
                "UPDATE links SET token = (SELECT token FROM links WHERE id = ?) WHERE id = ?",
                [first.id, second.id]
            )
            #expect(try await desk.ledger.link(first.id).token?.secret == Secret("one"))
            let moved = try await desk.ledger.link(second.id)
            #expect(moved.token == nil)
            #expect(moved.tokenIsUnreadable)
        }
    }

    @Test(.timeLimit(.minutes(5))) func sealsTheSameTokenDifferentlyEachTime() async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            var sealed: Set<String> = []
            for _ in 0..<3 {
                try await desk.ledger.bring(link, to: .minted)
                sealed.insert(try desk.eye.string("SELECT hex(token) FROM links") ?? "")
            }
            #expect(sealed.count == 3)
        }
    }

    @Test(.timeLimit(.minutes(5))) func theTokenIsWipedWhenTheRowIsLinked() async throws {
        try await Desk.withPath { path in
            var sealed: [[UInt8]] = []
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                for row in Sample.rows(40) { try await ledger.bring(try await ledger.add(row), to: .posting) }
                sealed = try LedgerEye(path).rows("SELECT token FROM links").map { $0.blob("token") }
                #expect(sealed.count { $0.count > 28 } == 40)
                for id in 1...Int64(40) {
                    try await ledger.take(.linked(Sample.bondAccount("link-\(id)"), .answered), on: id)
                }
                let wiped = try LedgerEye(path).int(
                    """
                    SELECT count(*) FROM links WHERE token IS NULL AND token_fingerprint IS NULL
                        AND token_minted_at IS NULL AND token_run IS NULL
                    """
                )
                #expect(wiped == 40)
            }
            // Nor are they among the file's free bytes once the log is folded into it.
            let bytes = ScratchFolder.bytes(of: path)
            #expect(!sealed.contains { bytes.contains($0) })
        }
    }

    @Test(.timeLimit(.minutes(5))) func fingerprintsTellTokensAndNothingElse() {
        let keys = LedgerKeys(salt: LedgerKeys.makeSalt(), source: nil)
        let others = LedgerKeys(salt: LedgerKeys.makeSalt(), source: nil)
        let token = Secret("access-sandbox-1")
        #expect(keys.fingerprint(of: token) == keys.fingerprint(of: token))
        #expect(keys.fingerprint(of: token) != keys.fingerprint(of: Secret("access-sandbox-2")))
        #expect(keys.fingerprint(of: token) != others.fingerprint(of: token))
        #expect(keys.fingerprint(of: token).bytes.count == 16)
    }
}

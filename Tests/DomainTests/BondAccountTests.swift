import Domain
import Testing

@Suite struct BondAccountTests {
    private static func account(_ status: String?, _ verification: String? = nil) -> BondAccount {
        BondAccount(linkedAccountID: "link", status: status, verificationStatus: verification)
    }

    @Test func isRemovedOnlyWhereBondSaysSo() {
        for status in [nil, "", "active", "inactive", "link initiated", "removed soon"] {
            #expect(!Self.account(status).isRemoved, "\(status ?? "null")")
        }
        for status in ["removed", "Removed", "closed", "deleted", "CLOSED"] {
            #expect(Self.account(status).isRemoved, "\(status)")
        }
    }

    @Test func isUsableOnlyWhenActiveAndVerified() {
        let verified = ["instantly_verified", "automatically_verified", "manually_verified", "verified"]
        let unverified = ["pending_automatic_verification", "verification_failed", "verification_expired", "new", ""]
        for verification in unverified.map(Optional.some) + [nil] {
            #expect(!Self.account("active", verification).isUsable, "\(verification ?? "null")")
        }
        for verification in verified {
            #expect(!Self.account(nil, verification).isUsable)
            #expect(!Self.account("removed", verification).isUsable)
            #expect(Self.account("active", verification).isUsable, "\(verification)")
        }
    }
}

import Domain
import Intake

extension FuzzSubject {
    /// Links that were made elsewhere, as a user gives them.
    static let adoptions = FuzzSubject("adoptions", seeds: AdoptionCheck.seeds, words: AdoptionCheck.words) { bytes in
        let isLines = bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
        try await AdoptionCheck(bytes, file: isLines ? "in.jsonl" : "in.csv").run()
    }
}

/// What must hold for an input of links.
struct AdoptionCheck {
    private let bytes: [UInt8]
    private let file: String

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    static let link = "2D9A0B1C-7f0c-4b8a-9c36-5f0c4b8a9c36"
    static let header = "customer_id,business_id,account_id,linked_account_id,mask,reference"
    static let line = "\(IntakeSeeds.owner),,\(IntakeSeeds.account),\(link),0000,r1"
    static let object =
        #"{"customer_id":"\#(IntakeSeeds.owner)","account_id":"\#(IntakeSeeds.account)","linked_account_id":"\#(link)"}"#
    static let words = [header, line, object, IntakeSeeds.token, "linked_account_id", "bond_linked_account_id", "mask"]
    static let seeds = [
        "", "\(header)\n", "\(header)\r\n\(line)\r\n,b,a,\(link),*1,\r\n", "\u{FEFF}\(header)\n\(line)\n\n\(line)",
        "\(header)\n,,,,,\n\(IntakeSeeds.token),,a,l,,\nc,b,a,l,,\nc,,a,\"l\nl\",\"\"\"\",é\n",
        "\(object)\n\(object)x\n[]\n\(object)", #"{"linked_account_id":7,"mask":"é"}"# + "\n\(object)",
    ]

    func run() async throws {
        let whole = try await outcome(pieceSize: 1 << 16)
        let unit = 1 + bytes.count / 1_000
        for size in [unit, 7 + bytes.count % 61 + 2 * unit] {
            try require(try await outcome(pieceSize: size) == whole, "pieces of \(size) bytes change the outcome")
        }
        guard case .success(let batch) = whole else { return }
        for claim in batch.adoptions {
            try require(!claim.linkedAccountID.isEmpty && !claim.identity.accountID.isEmpty, "a claim of nothing")
            try require(claim.mask.map { (1...4).contains($0.count) } ?? true, "a mask that is none")
            try require(!"\(claim)".contains(IntakeSeeds.token), "a claim shows a token")
        }
        for row in batch.invalid { try require(!"\(row)".contains(IntakeSeeds.token), "a problem shows a token") }
        let lines = (batch.adoptions.map(\.position.line) + batch.invalid.map(\.position.line)).sorted()
        try require(Set(lines).count == lines.count, "a line is taken twice")
    }

    private func outcome(pieceSize: Int) async throws -> Result<AdoptionBatch, IntakeError> {
        let options = IntakeOptions(businessOwners: true, environment: .sandbox)
        var reader = AdoptionReader(name: file, source: Pieces(bytes, size: pieceSize), options: options)
        var all = AdoptionBatch()
        do {
            while let batch = try await reader.next() {
                all.adoptions += batch.adoptions
                all.invalid += batch.invalid
            }
            return .success(all)
        } catch let error as IntakeError {
            return .failure(error)
        }
    }
}

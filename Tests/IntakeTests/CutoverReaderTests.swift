import Domain
import Intake
import TestSupport
import Testing

/// Which lines of a plan are approved.
@Suite struct CutoverReaderTests {
    private static let header = "approve,match,customer_id,business_id,old_linked_account_id,new_linked_account_id\n"

    private static func read(
        _ bytes: [UInt8],
        name: String = "plan.csv",
        pieceSize: Int = 7,
        delimiter: UInt8? = nil
    ) async throws -> RemovalBatch {
        let source = ArraySource(bytes, pieceSize: pieceSize)
        var reader = CutoverReader(name: name, source: source, delimiter: delimiter)
        try await reader.open()
        var all = RemovalBatch()
        while let batch = try await reader.next() {
            all.orders += batch.orders
            all.invalid += batch.invalid
            all.unapproved += batch.unapproved
        }
        return all
    }

    private static func read(_ text: String, delimiter: UInt8? = nil) async throws -> RemovalBatch {
        try await read(Array(text.utf8), delimiter: delimiter)
    }

    @Test(arguments: [("yes", 1), ("YES", 1), (" Yes ", 1), ("\"yes\"", 1), ("", 0), ("no", 0), ("No", 0)])
    func yesAloneApproves(word: String, count: Int) async throws {
        let batch = try await Self.read(Self.header + "\(word),same,c1,,o1,n1\n")
        #expect(batch.orders.count == count)
        #expect(batch.unapproved == 1 - count)
        #expect(batch.invalid.isEmpty)
        let owner = Owner(kind: .customer, id: "c1")
        for order in batch.orders {
            #expect(order == RemovalOrder(owner: owner, linkedAccountID: "o1", replacement: "n1"))
        }
    }

    @Test(arguments: [
        ("y,same,c1,,o1,n1", InvalidRow.Reason.wrongType), ("x,same,c1,,o1,n1", .wrongType),
        ("yes!,same,c1,,o1,n1", .wrongType), ("yes,same,,,o1,n1", .missingValue),
        ("yes,same,c1,,,n1", .missingValue), ("yes,unknown,c1,,o1,", .missingValue),
        ("yes,same,c1,b1,o1,n1", .twoOwners), ("yes,same,c1", .wrongFieldCount),
    ])
    func whatIsNotClearIsNotRemoved(line: String, reason: InvalidRow.Reason) async throws {
        let batch = try await Self.read(Self.header + line + "\nyes,same,,b2,o2,n2\n")
        #expect(batch.invalid.map(\.reason) == [reason])
        #expect(batch.invalid.first?.line == 2)
        #expect(batch.orders.map(\.linkedAccountID) == ["o2"], "it stops no other line")
    }

    @Test(arguments: ["approve", "old_linked_account_id", "new_linked_account_id"])
    func whatIsNoPlanIsRefused(missing: String) async {
        let text = Self.header.replacing(missing, with: "x")
        await #expect(throws: IntakeError.self) { _ = try await Self.read(text + "yes,same,c1,,o1,n1\n") }
        await #expect(throws: IntakeError.self) {
            _ = try await Self.read("customer_id,linked_account_id\nc1,l1\n")
        }
    }

    /// A list for `accounts remove` has no approval, and a plan must not be taken for one.
    @Test func aPlanIsNoListOfLinksToRemove() async {
        var reader = RemovalReader(name: "plan.csv", source: ArraySource(Array(Self.header.utf8), pieceSize: 99))
        await #expect(throws: IntakeError.self) { try await reader.open() }
    }

    @Test func asSpreadsheetsWriteIt() async throws {
        let text =
            "\u{FEFF}" + Self.header.replacing(",", with: ";").replacing("\n", with: "\r\n") + "Yes;same;c1;;o1;n1\r\n"
        #expect(try await Self.read(text, delimiter: UInt8(ascii: ";")).orders.count == 1)
        let lines = #"{"approve":"yes","customer_id":"c1","old_linked_account_id":"o1","new_linked_account_id":"n1"}"#
        #expect(try await Self.read(Array(lines.utf8), name: "plan.jsonl").orders.count == 1)
    }

    /// Whatever is done to a plan in which nobody says yes, nothing of it is removed but what says yes.
    @Test func nothingIsApprovedThatDoesNotSayYes() async throws {
        let seed = Array((Self.header + "no,same,c1,,o1,n1\n,same,c2,,o2,n2\n\"no\",unknown,c3,,o3,\n").utf8)
        let mutator = ByteMutator(words: ["old_linked_account_id", "no", ",,,", "NO", "o1"])
        for round in 1...300 as ClosedRange<UInt64> {
            var random = SeededGenerator(stream: round)
            let input = mutator.mutated(seed, &random)
            let whole = try? await Self.read(input, pieceSize: 1 << 16)
            let pieces = try? await Self.read(input, pieceSize: 1 + Int.random(in: 0...40, using: &random))
            #expect(whole == pieces, "\(random)")
            let says = String(decoding: input, as: UTF8.self).lowercased().contains("yes")
            #expect(says || whole?.orders.isEmpty ?? true, "\(random)")
        }
    }
}

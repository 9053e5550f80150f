import Foundation

/// Rows of input made for a test.
struct Sheet {
    struct Row {
        var reference: String
        var customer: String
        var account: String
        var token: String
    }

    var rows: [Row]

    /// Makes `count` rows, each of a customer of its own unless `customers` says how many share them.
    init(_ count: Int, customers: Int? = nil) {
        let owners = (0..<(customers ?? count)).map { _ in UUID().uuidString.lowercased() }
        rows = (0..<count).map { number in
            Row(
                reference: "row-\(number)",
                customer: owners[number % owners.count],
                account: Self.accountID(),
                token: Self.token()
            )
        }
    }

    /// Makes the same rows for the same seed.
    init(_ count: Int, customers: Int, using generator: inout some RandomNumberGenerator) {
        let owners = (0..<customers).map { _ in Self.uuid(using: &generator) }
        rows = []
        for number in 0..<count { append(owner: owners[number % owners.count], using: &generator) }
    }

    /// Adds a row of the customer.
    mutating func append(owner: String, using generator: inout some RandomNumberGenerator) {
        rows.append(
            Row(
                reference: "row-\(rows.count)",
                customer: owner,
                account: Self.accountID(using: &generator),
                token: "access-sandbox-\(Self.uuid(using: &generator))"
            )
        )
    }

    /// A UUID of version 4.
    static func uuid(using generator: inout some RandomNumberGenerator) -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        (bytes[6], bytes[8]) = (bytes[6] & 0x0F | 0x40, bytes[8] & 0x3F | 0x80)
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
    }

    /// A token of the shape that real ones have; `magic` chooses the simulator's answers.
    static func token(magic: String? = nil) -> String {
        let uuid = UUID().uuidString.lowercased()
        guard let magic else { return "access-sandbox-\(uuid)" }
        return "access-sandbox-\(magic)-face-4\(uuid.dropFirst(15))"
    }

    static func accountID() -> String {
        var generator = SystemRandomNumberGenerator()
        return accountID(using: &generator)
    }

    static func accountID(using generator: inout some RandomNumberGenerator) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        return String((0..<37).compactMap { _ in letters.randomElement(using: &generator) })
    }

    var csv: String {
        "reference,customer_id,account_id,access_token\n"
            + rows.map { "\($0.reference),\($0.customer),\($0.account),\($0.token)\n" }.joined()
    }

    var jsonl: String {
        rows.map { row in
            """
            {"access_token":"\(row.token)","account_id":"\(row.account)","customer_id":"\(row.customer)",\
            "reference":"\(row.reference)"}

            """
        }.joined()
    }
}

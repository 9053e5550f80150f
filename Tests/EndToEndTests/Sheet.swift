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

    /// A token of the shape that real ones have; `magic` chooses the simulator's answers.
    static func token(magic: String? = nil) -> String {
        let uuid = UUID().uuidString.lowercased()
        guard let magic else { return "access-sandbox-\(uuid)" }
        return "access-sandbox-\(magic)-face-4\(uuid.dropFirst(15))"
    }

    static func accountID() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        return String((0..<37).compactMap { _ in letters.randomElement() })
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

import Domain
import Intake

extension FuzzSubject {
    /// CSV as a user gives it.
    static let csv = FuzzSubject("csv", seeds: IntakeSeeds.csv, words: IntakeSeeds.words) { bytes in
        try await IntakeCheck(bytes, file: "in.csv").run()
    }

    /// JSONL as a user gives it.
    static let jsonLines = FuzzSubject("jsonl", seeds: IntakeSeeds.jsonLines, words: IntakeSeeds.words) { bytes in
        try await IntakeCheck(bytes, file: "in.jsonl").run()
    }
}

/// What intakes begin from.
enum IntakeSeeds {
    static let owner = "6f5f0a55-7f0c-4b8a-9c36-5f0c4b8a9c36"
    static let account = "BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp"
    static let token = "access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6"
    static let header = "customer_id,account_id,access_token,reference"
    static let line = "\(owner),\(account),\(token),r1"
    static let object = #"{"customer_id":"\#(owner)","account_id":"\#(account)","access_token":"\#(token)"}"#
    static let words = [token, header, line, object, "customer_id", "reference", "business_id", "access-production-1"]

    static let csv = [
        "", "\(header)\n", "\(header)\n\(line)\n\(line)\n", "\u{FEFF}\(header)\r\n\r\n\(line)\r\n\(line)",
        "\(header)\r\(line)\r\(line)\r",
        "\(header),note\n\(line),\"a \"\"quoted\"\"\r\nnote\"\n\(line),\"open\n\(line),\n",
        "note,\(header)\n\"a\nb\",\(line)\nx\"y,\(line)\n\"x\"y,\(line)\n,\(line)",
        "\(header)\nü,\(account),\(token),\"\(token)\"\n,,,\n \t\n\(owner),,\(token),é",
    ]

    static let jsonLines = [
        "", "\(object)\n", "\u{FEFF}\r\n\(object)\r\n\n \(object)",
        #"{"reference":"\ud83d\ude00","a":[1,-0.5e+1,{"b":null}],"customer_id":null}"# + "\n[1]\n\(object)",
        #"{"account_id":"\u00e9","account_id":1}"# + "\n\(object)x\n{\"a\":\n12\n\(object)",
        #"{"customer_id":"a","account_id":"b","access_token":"\#(token)","reference":"\#(token)"}"#,
    ]
}

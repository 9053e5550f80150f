import Domain
import Intake
import Testing

/// JSONL: what is read, what is refused, and where.
@Suite struct JSONLinesTests {
    private static func object(_ members: String) -> String {
        #"{"customer_id":"\#(Sample.owner)","account_id":"\#(Sample.account)",\#(members)}"#
    }

    static let token = #""access_token":"\#(Sample.token)""#

    @Test func readsOneRow() async throws {
        let events = try await Reading.events(Sample.object + "\n", name: "in.jsonl")
        #expect(events == [.row(Sample.row(reference: nil, file: "in.jsonl", line: 1))])
    }

    @Test(arguments: [
        #""plaidAccessToken":"\#(Sample.token)""#,
        #""Plaid Access-Token":"\#(Sample.token)""#,
        #" "access_token" : "\#(Sample.token)" , "other":[1,-0.5e+10,{"a":[]},{},true,false,null,"\u12aB\/\b"] "#,
        #""access\u005ftoken":"\u0061ccess-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6""#,
        #""other":"\ud800 a lone surrogate that nobody wants","access_token":"\#(Sample.token)""#,
        #""other":{"access_token":5},"access_token":"\#(Sample.token)""#,
        #""other":1,"other":2,"access_token":"\#(Sample.token)","reference":null"#,
    ])
    func readsMembers(members: String) async throws {
        let expected = [InputEvent.row(Sample.row(reference: nil, file: "in.jsonl", line: 1))]
        #expect(try await Reading.events(Self.object(members), name: "in.jsonl") == expected)
    }

    @Test(arguments: [
        (#"a\"b\\c\/d\b\f\n\r\te"#, "a\"b\\c/d\u{8}\u{C}\n\r\te"), (#"\u00e9\u20AC"#, "é€"),
        (#"\ud83d\ude00!"#, "😀!"), ("😀 zürich", "😀 zürich"), (#"\u00a0 edge \u00A0"#, "edge"),
    ])
    func decodesReference(text: String, reference: String) async throws {
        let events = try await Reading.events(Self.object("\(Self.token),\"reference\":\"\(text)\""), name: "in.jsonl")
        #expect(events.first?.row?.reference == reference)
    }

    @Test func readsLinesOfAnyEnd() async throws {
        let text = "\(Sample.object)\r\n\n \t\r\n\(Sample.object)\n  \(Sample.object)"
        #expect(try await Reading.summary(text, name: "in.jsonl") == ["row 1", "row 4", "row 5"])
    }

    static let problems: [(line: String, summary: String)] = [
        ("  12", "not_an_object 1:3"), (#""text""#, "not_an_object 1:1"),
        ("null", "not_an_object 1:1"), ("nonsense", "not_an_object 1:1"), ("<xml>", "bad_json 1:1"),
        ("{", "bad_json 1:2"), (#"{"a""#, "bad_json 1:5"), (#"{"a":"#, "bad_json 1:6"), (#"{"a":1"#, "bad_json 1:7"),
        (#"{"a":1,}"#, "bad_json 1:8"), (#"{"é":1,a}"#, "bad_json 1:8"), (#"{a:1}"#, "bad_json 1:2"),
        (#"{"a" 1}"#, "bad_json 1:6"), (#"{"a":1 "b":2}"#, "bad_json 1:8"), (#"{"a":1} x"#, "bad_json 1:9"),
        (#"{"a":1}{"b":2}"#, "bad_json 1:8"), (#"{"a":01}"#, "bad_json 1:7"), (#"{"a":-}"#, "bad_json 1:7"),
        (#"{"a":1.}"#, "bad_json 1:8"), (#"{"a":1e}"#, "bad_json 1:8"), (#"{"a":.5}"#, "bad_json 1:6"),
        (#"{"a":+1}"#, "bad_json 1:6"), (#"{"a":NaN}"#, "bad_json 1:6"), (#"{"a":tru}"#, "bad_json 1:6"),
        (#"{"a":nul"#, "bad_json 1:6"), (#"{"a":"x"#, "bad_json 1:8"), (#"{"a":"\x"}"#, "bad_json 1:7"),
        (#"{"a":"\u12g4"}"#, "bad_json 1:11"), (#"{"a":"\u12"}"#, "bad_json 1:11"),
        ("{\"a\":\"x\ty\"}", "bad_json 1:8"),
        (#"{'a':1}"#, "bad_json 1:2"), (#"{"a":[1,]}"#, "bad_json 1:9"), (#"{"a":[1 2]}"#, "bad_json 1:9"),
        (#"{"a":[}"#, "bad_json 1:7"), (#"{"a":{]}"#, "bad_json 1:7"), (#"{"a":1]"#, "bad_json 1:7"),
        (#"{"reference":"\ud83d"}"#, "bad_json 1:15"), (#"{"reference":"é\udc00"}"#, "bad_json 1:16"),
        (#"{"reference":"\ud83d\u0041"}"#, "bad_json 1:15"), (#"{"reference":"\ud83d\ud83d"}"#, "bad_json 1:15"),
        (#"{"\ud83d":1}"#, "bad_json 1:3"),
        (#"{"reference":5}"#, "wrong_type 1:14"), (#"{"account_id":["a"]}"#, "wrong_type 1:15"),
        (#"{"account_id": {"a":1}}"#, "wrong_type 1:16"), (#"{"access_token":true}"#, "wrong_type 1:17"),
        (#"{"reference":"a","Reference":"a"}"#, "duplicate_field 1:30"),
        (#"{"customer_id":null,"bond_customer_id":"a"}"#, "duplicate_field 1:40"),
        (#"{"reference":"a","reference":null}"#, "duplicate_field 1:30"),
        ("{}", "missing_value 1:1"), (#" {"customer_id":null}"#, "missing_value 1:17"),
        (#"{"customer_id":"a","account_id":""}"#, "missing_value 1:33"),
    ]

    @Test(arguments: problems)
    func placesProblem(line: String, summary: String) async throws {
        let second = summary.replacing(" 1:", with: " 2:")
        let text = "\(line)\n\(line)\r\n\(Sample.object)"
        // What the end of a line is blamed for stands one further where a carriage return comes first.
        let summaries = try await Reading.summary(text, name: "in.jsonl")
        #expect(summaries.first == summary && summaries.last == "row 3" && summaries.count == 3)
        #expect(summaries[1] == second || second.hasPrefix("bad_json"))
    }

    @Test func refusesAnArrayOnALaterLine() async throws {
        #expect(
            try await Reading.summary("\(Sample.object)\n [{}]", name: "in.jsonl") == ["row 1", "not_an_object 2:2"]
        )
    }

    @Test(arguments: [(64, "missing_value"), (65, "bad_json")])
    func readsUpTo64Levels(depth: Int, reason: String) async throws {
        let text = #"{"a":"# + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1) + "}"
        #expect(try await Reading.events(text, name: "in.jsonl").first?.invalid?.reason.rawValue == reason)
    }

    static let badUTF8: [(before: String, after: String, summary: String)] = [
        (#"{"reference":"é"#, #"","account_id":"a"}"#, "bad_utf8 1:16"),
        (#"{"other":{"é"#, #"":1},"account_id":"a"}"#, "bad_utf8 1:13"),
        (#"{"other":"é"#, #"","customer_id":""}"#, "missing_value 1:29"),
    ]

    @Test(arguments: badUTF8)
    func findsBadUTF8(before: String, after: String, summary: String) async throws {
        let bytes = Array(before.utf8) + [0xC3] + Array(after.utf8)
        #expect(try await Reading.events(bytes, name: "in.jsonl").map(Reading.summary) == [summary])
    }

    @Test func refusesALineLongerThanAMebibyte() async throws {
        let filler = String(repeating: " ", count: (1 << 20) - Sample.object.utf8.count)
        let text = "\(filler)\(Sample.object)\n\(filler) \(Sample.object)\n\(Sample.object)"
        for size in [1 << 16, 1 << 20, 1 << 24] {
            let events = try await Reading.events(text, name: "in.jsonl", pieceSize: size)
            #expect(events.map(Reading.summary) == ["row 1", "record_too_long 2:1", "row 3"])
        }
    }
}

import Domain
import Intake
import Testing

/// What a problem tells of its row, and what it never tells.
@Suite struct KeptValuesTests {
    @Test func keepsWhatCouldBeRead() async throws {
        let text = "\(Sample.header)\n\(Sample.owner),\(Sample.account),,r1"
        let problem = try await Reading.events(text).first?.invalid
        #expect(problem?.reference == "r1")
        #expect(problem?.owner == Owner(kind: .customer, id: Sample.owner))
        #expect(problem?.accountID == Sample.account)
        #expect(problem?.position == InputPosition(file: "in.csv", line: 2))
    }

    @Test func leavesOutWhatIsFaulty() async throws {
        let bytes = Array("\(Sample.header)\n\(Sample.owner),".utf8) + [0xFF] + Array(",\(Sample.token),r1".utf8)
        let problem = try await Reading.events(bytes).first?.invalid
        #expect(problem?.reason == .badUTF8 && problem?.column == 38)
        #expect(problem?.reference == "r1" && problem?.owner?.id == Sample.owner && problem?.accountID == nil)
    }

    @Test func keepsNothingBesideAMisplacedToken() async throws {
        let text = "\(Sample.header)\n\(Sample.owner),\(Sample.token),\(Sample.account),r1"
        let problem = try await Reading.events(text).first?.invalid
        #expect(problem?.reason == .tokenInWrongField)
        #expect(problem?.reference == nil && problem?.owner == nil && problem?.accountID == nil)
    }

    /// Every line and header below holds the token in a place where it must not be repeated.
    @Test(arguments: [
        "\(Sample.header)\n\(Sample.token),a,b,c", "\(Sample.header)\na,\(Sample.token),b,c",
        "\(Sample.header)\na,b,c,\(Sample.token)", "\(Sample.header)\na,b,c,\"\(Sample.token)\"x",
        "\(Sample.header)\na,b,\(Sample.token)", "\(Sample.header)\na,b,\"\(Sample.token)",
        "\(Sample.header)\n,b,\(Sample.token),",
        "\(Sample.header)\na,,\(Sample.token),", "\(Sample.header)\na,b,\(Sample.token)\u{1},",
        "\(Sample.header)\na,b,c,see \(Sample.token)", "\(Sample.token),a\n", "a;\(Sample.token)\n",
        "a,\"x \(Sample.token)\"\n",
        #"{"access_token":["\#(Sample.token)"]}"#, #"{"\#(Sample.token)":1}"#, #"{"access_token":"\#(Sample.token)"#,
        #"{"reference":"\#(Sample.token)","reference":"\#(Sample.token)"}"#, "{} \(Sample.token)",
    ])
    func neverRepeatsAToken(text: String) async throws {
        let name = text.hasPrefix("{") ? "in.jsonl" : "in.csv"
        var told = ""
        do {
            let events = try await Reading.events(text, name: name)
            #expect(!events.isEmpty && events.allSatisfy { $0.invalid != nil })
            dump(events, to: &told)
        } catch {
            told = "\(error) \(String(reflecting: error))"
        }
        #expect(!told.contains("de3ce8ef"))
    }
}

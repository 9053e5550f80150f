import Domain
import Intake
import Testing

/// What is wrong with CSV, where it is said to be, and what it costs.
@Suite struct CSVProblemTests {
    static let good = Sample.line
    static let cases: [(records: String, summary: [String])] = [
        ("a,b,c\n\(good)", ["wrong_field_count 2:6", "row 3"]),
        ("a,b,c,d,e,f\n\(good)", ["wrong_field_count 2:9", "row 3"]),
        ("é,b,c,d,e\n\(good)", ["wrong_field_count 2:9", "row 3"]),
        ("a,\"b\"x,c,d\n\(good)", ["bad_quoting 2:6", "row 3"]),
        ("a,\"b\" ,c,d\n\(good)", ["bad_quoting 2:6", "row 3"]),
        ("a,b,c,\"open\n\(good)\n\(good)", ["bad_quoting 2:7", "row 3", "row 4"]),
        ("a,b,c,\"open", ["bad_quoting 2:7"]),
        ("\(good)\n\"", ["row 2", "bad_quoting 3:1"]),
        ("a,b,\"c,d\n\(good)\nx,y,\"z\",w\n\(good)", ["bad_quoting 4:6", "row 3", "row 4", "row 5"]),
        // Two stray quotes that pair up make a legal record of several lines; none of the good ones is lost.
        ("\"a,b,c,d\n\(good)\n\(good)\nx\",y", ["wrong_field_count 5:5", "row 3", "row 4", "wrong_field_count 5:5"]),
        ("\(good)\n\"a,b\n\(good)\nc\",d,e,f", ["row 2", "token_in_wrong_field 3:2", "row 4", "row 5"]),
        ("\"a,b\nx\nc\",d,e,f\n\(good)", ["control_character 2:5", "wrong_field_count 3:2", "row 4", "row 5"]),
        ("\"a\nb\",c,d,e,f\n\(good)", ["wrong_field_count 3:10", "wrong_field_count 3:10", "row 4"]),
        // A legal record of several lines whose fault no quote can have made is passed over as a whole.
        ("a,,t,\"x\ny\"\n\(good)", ["missing_value 2:3", "row 4"]),
    ]

    @Test(arguments: cases)
    func placesAndResyncs(records: String, summary: [String]) async throws {
        #expect(try await Reading.summary("\(Sample.header)\n\(records)\n") == summary)
        let carriageReturns = "\(Sample.header)\n\(records)\n".replacing("\n", with: "\r\n")
        #expect(try await Reading.summary(carriageReturns) == summary)
    }

    @Test func saysHowManyFieldsWereFoundAndKeepsNone() async throws {
        let problem = try await Reading.events("\(Sample.header)\na,b,c,d,e").first?.invalid
        #expect(problem?.message.contains("5 fields and the header has 4") == true)
        #expect(problem?.reference == nil && problem?.owner == nil && problem?.accountID == nil)
    }

    @Test func givesUpAQuoteThatIsNotClosedWithinAMebibyte() async throws {
        let filler = String(repeating: "filler line without any quote\n", count: 40_000)
        let text = "\(Sample.header)\na,b,c,\"open\n\(Sample.line)\n\(filler)\(Sample.line)"
        for size in [1 << 16, 1 << 24] {
            let events = try await Reading.events(text, pieceSize: size)
            #expect(
                events.prefix(3).map(Reading.summary) == ["record_too_long 2:7", "row 3", "wrong_field_count 4:30"]
            )
            #expect(events.last.map(Reading.summary) == "row 40004")
            #expect(events.count == 40_003)
        }
    }

    @Test func refusesABlankLineLongerThanAMebibyte() async throws {
        let blanks = String(repeating: " ", count: 1 << 20)
        for size in [1 << 16, 1 << 24] {
            let events = try await Reading.events(
                "\(Sample.header)\n\(blanks)\n\(blanks) \n\(Sample.line)",
                pieceSize: size
            )
            #expect(events.map(Reading.summary) == ["record_too_long 3:1", "row 4"])
        }
    }

    @Test func staysFastWhereEveryLineOpensAQuote() async throws {
        let lines = String(repeating: "a\",\"\n", count: 100_000)
        let events = try await Reading.events("\(Sample.header)\n\(lines)")
        #expect(events.count == 100_000)
        #expect(events.allSatisfy { $0.invalid != nil })
    }
}

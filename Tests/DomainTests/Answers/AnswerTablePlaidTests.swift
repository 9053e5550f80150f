import Domain
import Testing

/// Plaid's answers: by code, then message, then type, then HTTP status.
@Suite struct AnswerTablePlaidTests {
    @Test(arguments: DocumentedPlaidCode.plain + DocumentedPlaidCode.byMessage)
    func meansWhatIsDocumented(_ documented: DocumentedPlaidCode) {
        let answer = Refusal(
            api: .plaid,
            status: documented.status,
            type: documented.type,
            code: documented.code,
            message: documented.message
        )
        #expect(AnswerTable.rule(for: answer).meaning == documented.meaning)
    }

    @Test(arguments: DocumentedPlaidCode.plain + DocumentedPlaidCode.byMessage)
    func codeOutranksTypeAndStatus(_ documented: DocumentedPlaidCode) {
        for (type, status) in [("API_ERROR", 503), ("RATE_LIMIT_EXCEEDED", 429), ("ITEM_ERROR", 400), (nil, 418)] {
            let answer = Refusal(
                api: .plaid,
                status: status,
                type: type,
                code: documented.code,
                message: documented.message
            )
            #expect(AnswerTable.rule(for: answer).meaning == documented.meaning, "\(type ?? "no type") \(status)")
        }
    }

    @Test(arguments: DocumentedPlaidCode.byMessage)
    func messagesMatchInAnyCase(_ documented: DocumentedPlaidCode) {
        for message in [documented.message.uppercased(), documented.message.lowercased()] {
            let answer = Refusal(
                api: .plaid,
                status: 400,
                type: documented.type,
                code: documented.code.lowercased(),
                message: message
            )
            #expect(AnswerTable.rule(for: answer).meaning == documented.meaning)
        }
    }

    @Test(arguments: ["INVALID_ACCESS_TOKEN", "INVALID_PRODUCT"])
    func codeWithoutItsTellingMessageIsAboutTheRow(code: String) {
        for message in [nil, "", "something else"] {
            let answer = Refusal(api: .plaid, status: 400, type: "INVALID_INPUT", code: code, message: message)
            #expect(AnswerTable.rule(for: answer).meaning == .settle(.rejected, .fixRow))
        }
    }

    @Test func messageAloneStopsNoRun() {
        let answer = Refusal(
            api: .plaid,
            status: 400,
            type: "ITEM_ERROR",
            code: "ITEM_LOGIN_REQUIRED",
            message: "not enabled for the wrong Plaid environment"
        )
        #expect(AnswerTable.rule(for: answer).meaning == .settle(.needsUser, .updateMode))
    }

    @Test(arguments: [
        ("RATE_LIMIT_EXCEEDED", AnswerMeaning.rateLimited),
        ("API_ERROR", .transient),
        ("INSTITUTION_ERROR", .transient),
        ("ITEM_ERROR", .settle(.needsUser, .updateMode)),
        ("INVALID_INPUT", .settle(.rejected, .fixRow)),
        ("INVALID_REQUEST", .settle(.rejected, .review)),
        ("BRAND_NEW_ERROR", .unknown),
    ])
    func typeDecidesWhereTheCodeIsNew(type: String, meaning: AnswerMeaning) {
        for status in [400, 403, 418] {
            let answer = Refusal(api: .plaid, status: status, type: type, code: "BRAND_NEW")
            #expect(AnswerTable.rule(for: answer).meaning == meaning, "\(status)")
        }
    }

    @Test(arguments: [
        (300, AnswerMeaning.stop), (302, .stop), (308, .stop), (399, .stop),
        (400, .unknown), (401, .unknown), (403, .unknown), (404, .unknown), (409, .unknown), (422, .unknown),
        (408, .transient), (429, .rateLimited), (430, .unknown), (499, .unknown),
        (500, .transient), (502, .transient), (503, .transient), (504, .transient), (599, .transient),
    ])
    func statusDecidesWhereNothingElseDoes(status: Int, meaning: AnswerMeaning) {
        #expect(AnswerTable.rule(for: Refusal(api: .plaid, status: status)).meaning == meaning)
        let withNews = Refusal(api: .plaid, status: status, type: "BRAND_NEW_ERROR", code: "BRAND_NEW", message: "?")
        #expect(AnswerTable.rule(for: withNews).meaning == meaning)
    }
}

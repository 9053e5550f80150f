extension AnswerCatalogue {
    /// 1001 and up: what Plaid documents for `/processor/token/create`.
    static let plaidErrors = PlaidProblemTable.entries.map { entry in
        let problem = entry.problem
        let meaning = "\(problem.status) \(problem.type) \(problem.code)."
        return refusal(entry.number, entry.name, .plaid(problem), meaning)
    }

    /// 1101 and up: what goes wrong on the way to Plaid and back.
    static let plaidFaults: [Answer] = [
        fault(1101, "plaid-429", .tooMany(.none), "429 RATE_LIMIT without Retry-After."),
        fault(1102, "plaid-429-seconds", .tooMany(.seconds), "429 RATE_LIMIT with Retry-After in seconds."),
        fault(1103, "plaid-429-date", .tooMany(.httpDate), "429 RATE_LIMIT with Retry-After as a date."),
        fault(1111, "plaid-500", .plaid(.internalError), "500 API_ERROR."),
        fault(1112, "plaid-502", gateway(502), "502 from a gateway."),
        fault(1113, "plaid-503", gateway(503), "503 from a gateway."),
        fault(1114, "plaid-504", gateway(504), "504 from a gateway."),
        refusal(1121, "plaid-500-always", .plaid(.internalError), "500 API_ERROR."),
        refusal(1122, "plaid-502-always", gateway(502), "502 from a gateway."),
        refusal(1123, "plaid-503-always", gateway(503), "503 from a gateway."),
        refusal(1124, "plaid-504-always", gateway(504), "504 from a gateway."),
        fault(1131, "plaid-reset-before", .reset, "Connection reset, no token made."),
        afterEffect(1132, "plaid-reset-after", .reset, "Connection reset after the token was made."),
        fault(1133, "plaid-hang", .hang, "Never answers, no token made."),
        afterEffect(1134, "plaid-hang-after", .hang, "Never answers after the token was made."),
        fault(1141, "plaid-html", .html(502), "502 with an HTML page."),
        afterEffect(1142, "plaid-truncated", .truncated, "200 cut off in the middle of the body."),
        afterEffect(1143, "plaid-empty", .altered(.empty), "200 with an empty body."),
        refusal(1144, "plaid-unknown-code", novelError, "400 with a type and a code that nobody has documented."),
        afterEffect(1145, "plaid-no-token", .altered(.withoutIdentifier), "200 without processor_token."),
        afterEffect(1146, "plaid-slow", .slow, "The usual answer, late."),
    ]

    private static let novelError = Answer.Shape.plaid(
        PlaidProblem(type: "NOVEL_ERROR", code: "NEVER_SEEN_BEFORE", message: "a new error")
    )
}

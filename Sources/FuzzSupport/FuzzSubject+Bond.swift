import BondAPI
import Domain
import Transport

extension FuzzSubject {
    /// Bond's answer to a link.
    static let bondLink = FuzzSubject("bond-link", seeds: BondSeeds.links, words: BondSeeds.words) { bytes in
        let sender = FixedAnswer(bytes)
        let call = await client(sender).linkAccount(
            processorToken: Secret(BondSeeds.processorToken),
            owner: BondSeeds.owner,
            idempotencyKey: nil
        )
        try BondSeeds.check(sender).run(call) { account in
            try require(!account.linkedAccountID.isEmpty, "a link without an id")
        }
    }

    /// Bond's list of an owner's accounts.
    static let bondList = FuzzSubject("bond-list", seeds: BondSeeds.lists, words: BondSeeds.words) { bytes in
        let sender = FixedAnswer(bytes)
        let call = await client(sender).listAccounts(of: BondSeeds.owner)
        try BondSeeds.check(sender).run(call) { accounts in
            try require(accounts.allSatisfy { !$0.linkedAccountID.isEmpty }, "a link without an id")
        }
    }

    private static func client(_ sender: FixedAnswer) -> BondClient {
        BondClient(
            transport: sender,
            baseURL: "https://bond.invalid",
            identity: Secret(BondSeeds.identity),
            authorization: Secret(BondSeeds.authorization),
            now: { Timestamp(milliseconds: 1_795_398_860_000) }
        )
    }
}

/// What Bond's answers begin from.
enum BondSeeds {
    static let owner = Owner(kind: .customer, id: IntakeSeeds.owner)
    static let identity = "0a1b2c3d-identity"
    static let authorization = "Ab+cd/Ef==authorization"
    static let processorToken = "processor-sandbox-0asd1-a92nc"
    static let words = [
        identity, authorization, processorToken, "linked_account_id", "customer_id", "Message", "Status", "Code",
        "status", "data", "accounts", "date_created", "plaid_access_token", "account_number", "400 \n", "201 \n",
    ]

    static let account =
        #"{"linked_account_id":"2d9a","account_id":"2d9a","customer_id":"\#(owner.id)","status":"active","#
        + #""date_created":"2021-02-11 12:01:36.122439-08","verification_status":null,"account_number":"123456789","#
        + #""plaid_access_token":"access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6"}"#

    static let links = [
        "201 |Mon, 23 Nov 2026 01:54:20 GMT\n\(account)", "200 \n{}", "201 \n",
        "200 \n" + envelope(500, "server_error"),
        "400 \n" + envelope(400, "account_post_schema"), "409 \n\(account)", "429 5\n{\"message\":\"Too Many\"}",
        "400 \n" + #"{"customer_id":["Missing data for required field."],"names":{"first":["Bad \#(identity)"]}}"#,
        "400 \n" + #"{"error":"bad","error_code":"x","details":["a",{"b":"\#(processorToken)"}]}"#,
        "400 \n" + #"{"Message":{"processor_token":["\#(processorToken)"]},"Status":"400","Code":null}"#,
        "504 \n<html>504</html>", "422 \n\"\(authorization)\"",
    ]

    static let lists = [
        "200 \n[\(account),\(account)]", "200 \n{\"data\":[\(account)]}", "200 \n{\"accounts\":[{}],\"data\":null}",
        "200 \n[]", "404 \n" + envelope(404, "query_params"), "200 \n[{\"account_id\":\"x\",\"status\":1e9}]",
    ]

    static func check(_ sender: FixedAnswer) -> AnswerCheck {
        AnswerCheck(secrets: [identity, authorization, processorToken], status: sender.answer.status)
    }

    private static func envelope(_ status: Int, _ code: String) -> String {
        #"{"Message":"refused \#(authorization)","Status":\#(status),"Code":"\#(code)","Type":"Request Error"}"#
    }
}

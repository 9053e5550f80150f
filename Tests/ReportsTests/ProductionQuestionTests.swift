import Domain
import Reports
import Testing

/// What is asked before links are real.
@Suite struct ProductionQuestionTests {
    @Test func namesInputServersAndLedger() {
        let question = ProductionQuestion(
            inputs: [("accounts.csv", 1_234), ("-", nil)],
            servers: [.plaid: "https://production.plaid.com", .bond: "https://api.bond.tech"],
            ledger: "/data/relink.sqlite",
            hasLedger: false
        )
        #expect(
            question.text == """
                This run is in production, where links are real:
                  input   accounts.csv, 1,234 bytes
                          standard input
                  plaid   https://production.plaid.com
                  bond    https://api.bond.tech
                  ledger  /data/relink.sqlite (a new one)
                Link the accounts of this input at Bond?
                """
        )
    }

    @Test func saysThatThereIsALedgerAndShowsNoOrdersToATerminal() {
        let text = ProductionQuestion(
            inputs: [("a\u{1B}[2J.csv", nil)],
            servers: [:],
            ledger: "/data/relink.sqlite",
            hasLedger: true
        ).text
        #expect(text.contains("relink.sqlite (it is there)"))
        #expect(!text.contains("\u{1B}"))
    }
}

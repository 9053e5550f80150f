/// The one table of answers that can be asked for, by number in an access token or by name elsewhere.
package enum AnswerCatalogue {
    /// Every answer, Plaid's first.
    package static let answers: [Answer] = plaidErrors + plaidFaults + bondRefusals + bondFaults + bondOddities

    private static let byNumber = Dictionary(answers.map { ($0.number, $0) }) { first, _ in first }
    private static let byName = Dictionary(answers.map { ($0.name, $0) }) { first, _ in first }

    /// The answer of that number.
    package static func answer(number: Int) -> Answer? { byNumber[number] }

    /// The answer of that name; `normal` is not in the table.
    package static func answer(named name: String) -> Answer? { byName[name] }

    /// An answer that is given every time, without effect.
    static func refusal(_ number: Int, _ name: String, _ shape: Answer.Shape, _ meaning: String) -> Answer {
        answer(number, name, shape, .always, hasEffect: false, meaning)
    }

    /// An answer that is given once, without effect.
    static func fault(_ number: Int, _ name: String, _ shape: Answer.Shape, _ meaning: String) -> Answer {
        answer(number, name, shape, .once, hasEffect: false, meaning)
    }

    /// An answer that is given once, after the token was minted or the link made.
    static func afterEffect(_ number: Int, _ name: String, _ shape: Answer.Shape, _ meaning: String) -> Answer {
        answer(number, name, shape, .once, hasEffect: true, meaning)
    }

    /// A success that looks unusual every time.
    static func oddity(_ number: Int, _ name: String, _ shape: Answer.Shape, _ meaning: String) -> Answer {
        answer(number, name, shape, .always, hasEffect: true, meaning)
    }

    static func gateway(_ status: Int) -> Answer.Shape {
        .body(status, ["message": status == 504 ? "Endpoint request timed out" : "Service Unavailable"])
    }

    private static func answer(
        _ number: Int,
        _ name: String,
        _ shape: Answer.Shape,
        _ recurrence: Answer.Recurrence,
        hasEffect: Bool,
        _ meaning: String
    ) -> Answer {
        Answer(
            number: number,
            name: name,
            api: number < 2000 ? .plaid : .bond,
            recurrence: recurrence,
            hasEffect: hasEffect,
            meaning: meaning,
            shape: shape
        )
    }
}

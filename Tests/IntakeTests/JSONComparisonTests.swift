import Domain
import Foundation
import Intake
import TestSupport
import Testing

/// Random JSON, judged by this scanner and by Foundation's.
@Suite struct JSONComparisonTests {
    @Test(arguments: 0..<400)
    func agreesWithFoundation(round: Int) async throws {
        let seed = SeededGenerator.processSeed
        var random = SeededGenerator(seed: seed &+ UInt64(round))
        let text = Self.line(&random)
        let comment = Comment(rawValue: "RELINK_TEST_SEED=\(seed), round \(round): \(text)")

        let event = try #require(try await Reading.events(text, name: "in.jsonl").first, comment)
        guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            #expect(event.invalid?.reason == .badJSON, comment)
            return
        }
        // Foundation takes a comma before the end of a list.
        if event.invalid?.reason == .badJSON, text.contains(/,\s*\]/) { return }
        #expect(event.invalid?.reason != .badJSON, comment)
        let reference = object["reference"]
        if let reference, !(reference is String), !(reference is NSNull) {
            #expect(event.invalid?.reason == .wrongType, comment)
        } else {
            let told = event.row?.reference ?? event.invalid?.reference ?? ""
            #expect(told == (reference as? String ?? "").trimmingCharacters(in: .whitespaces), comment)
        }
    }

    /// An object with good ids, a random reference and random other members, now and then with a broken byte.
    private static func line(_ random: inout SeededGenerator) -> String {
        var members = [
            #""customer_id":"o""#, #""account_id":"a""#, #""access_token":"t""#,
            #""reference":\#(value(&random, depth: 0))"#,
        ]
        for index in 0..<Int.random(in: 0...3, using: &random) {
            members.append("\"k\(index)\":\(value(&random, depth: 1))")
        }
        members.shuffle(using: &random)
        let text = "{" + members.joined(separator: random.pick([",", " , ", "\t,"])) + "}"
        // Foundation refuses half a surrogate pair anywhere, this scanner only where it is wanted.
        return random.chance(oneIn: 3) && !text.contains("\\ud8") ? broken(text, &random) : text
    }

    private static func value(_ random: inout SeededGenerator, depth: Int) -> String {
        switch Int.random(in: 0..<(depth == 0 ? 12 : depth > 3 ? 7 : 9), using: &random) {
        case 0: random.pick(["true", "false", "null"])
        case 1: random.pick(["0", "-0", "12", "-3.25", "1e5", "1E-2", "0.5e+1", "123456789012"])
        case 7: "[" + list(&random) { value(&$0, depth: depth + 1) } + "]"
        case 8:
            "{" + list(&random) { "\"m\(Int.random(in: 0...9_999_999, using: &$0))\":" + value(&$0, depth: depth + 1) }
                + "}"
        default: "\"x" + (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(atoms) }.joined() + "x\""
        }
    }

    private static let atoms = [
        "a", " ", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t", "\\u0041", "\\u00e9", "\\uFFfd",
        "\\ud83d\\ude00", "12345678", "{", "]", ",", ":",
    ]

    private static func list(_ random: inout SeededGenerator, _ element: (inout SeededGenerator) -> String) -> String {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in element(&random) }.joined(separator: ", ")
    }

    /// Takes a byte out or puts one in that changes the syntax, keeping the line's first brace.
    private static func broken(_ text: String, _ random: inout SeededGenerator) -> String {
        var scalars = Array(text.unicodeScalars)
        let at = Int.random(in: 1..<scalars.count, using: &random)
        if random.chance(oneIn: 2) {
            scalars.remove(at: at)
        } else {
            scalars.insert(random.pick(["\"", ",", "}", "[", "\\", "1"]), at: at)
        }
        var result = ""
        result.unicodeScalars.append(contentsOf: scalars)
        // Foundation lets a comma stand before a closing brace, which RFC 8259 does not.
        return result.contains(",}") || result.contains(",]") ? text : result
    }
}

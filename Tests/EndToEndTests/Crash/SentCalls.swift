import Foundation

/// The requests of a recording that began to leave before some moment.
struct SentCalls: Sendable {
    /// One of them.
    struct Call: Sendable {
        let api: Recording.API
        /// The owner that the body names: Bond's calls alone.
        let owner: String?
        /// The processor token that the body carries: Bond's calls alone.
        let token: String?
        /// The account that the body names: Plaid's calls alone.
        let account: String?
        /// Whether bytes of its answer were there, or its connection had ended.
        let isAnswered: Bool
        /// Whether the process that sent it was the last one to begin.
        let isOfLastProcess: Bool
    }

    let calls: [Call]

    /// Finds those before event number `cut`; a body may be on record only after it.
    init(_ recording: Recording, before cut: Int) {
        var found: [Draft] = []
        var open: [UInt32: Int] = [:]
        var process = 0
        for (index, event) in recording.events.enumerated() {
            switch event {
            case .begun where index < cut:
                process += 1
                open = [:]
            case .request(let api, let connection, let bytes) where index < cut:
                open[connection] = found.count
                found.append(Draft(api: api, process: process, bytes: bytes))
            case .request(_, let connection, _): open[connection] = nil
            case .begun: open = [:]
            case .more(let connection, let bytes):
                if let number = open[connection] { found[number].bytes += bytes }
            case .answered(let connection):
                if index < cut, let number = open[connection] { found[number].isAnswered = true }
            default: break
            }
        }
        calls = found.map { $0.call(lastProcess: process) }
    }

    /// How many of them post this processor token.
    func posts(of token: String) -> Int {
        calls.count { $0.token == token }
    }

    private struct Draft {
        let api: Recording.API
        let process: Int
        var bytes: Data
        var isAnswered = false

        func call(lastProcess: Int) -> Call {
            let body = bytes.range(of: Data("\r\n\r\n".utf8)).map { bytes[$0.upperBound...] } ?? Data()
            let members = (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
            return Call(
                api: api,
                owner: (members["customer_id"] as? String)?.lowercased(),
                token: members["processor_token"] as? String,
                account: members["account_id"] as? String,
                isAnswered: isAnswered,
                isOfLastProcess: process == lastProcess
            )
        }
    }
}

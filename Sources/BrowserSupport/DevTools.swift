import Foundation

/// A value in an order to the browser.
enum DevToolsValue: Encodable, Sendable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    case text(String)
    case flag(Bool)
    case number(Int)

    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        }
    }
}

/// Orders and answers of the DevTools protocol, one JSON object each, with a zero byte between them.
actor DevTools {
    private struct Order: Encodable {
        let id: Int
        let method: String
        let params: [String: DevToolsValue]
        let sessionId: String?
    }

    private struct Envelope: Decodable {
        struct Fault: Decodable {
            let message: String
        }

        let id: Int?
        let error: Fault?
        let method: String?
    }

    private struct Answer<Value: Decodable>: Decodable {
        let result: Value
    }

    private let line: DevToolsLine
    private var count = 0
    private var waiting: [Int: CheckedContinuation<Data, any Error>] = [:]
    private var isOver = false
    /// What pages wrote to the console, what the browser had to say of them, and what they threw.
    private(set) var remarks: [String] = []

    init(line: DevToolsLine) {
        self.line = line
    }

    /// Takes answers in until the browser is gone.
    func listen() async {
        var rest = Data()
        for await chunk in line.chunks {
            rest += chunk
            while let end = rest.firstIndex(of: 0) {
                receive(Data(rest[..<end]))
                rest = Data(rest[(end + 1)...])
            }
        }
        isOver = true
        for continuation in waiting.values { continuation.resume(throwing: BrowserError("Chromium is gone.")) }
        waiting = [:]
    }

    func call<Value: Decodable & Sendable>(
        _ method: String,
        _ params: [String: DevToolsValue] = [:],
        session: String? = nil,
        as type: Value.Type
    ) async throws -> Value {
        guard !isOver else { throw BrowserError("Chromium is gone.") }
        count += 1
        let id = count
        let order = Order(id: id, method: method, params: params, sessionId: session)
        let bytes = try JSONEncoder().encode(order) + [0]
        let answer = try await withCheckedThrowingContinuation { continuation in
            waiting[id] = continuation
            do {
                try line.inlet.write(contentsOf: bytes)
            } catch {
                waiting[id] = nil
                continuation.resume(throwing: error)
            }
        }
        return try JSONDecoder().decode(Answer<Value>.self, from: answer).result
    }

    private func receive(_ message: Data) {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: message) else { return }
        if let method = envelope.method {
            let told = ["Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"]
            if told.contains(method) { remarks.append(String(decoding: message, as: UTF8.self)) }
        }
        guard let id = envelope.id, let continuation = waiting.removeValue(forKey: id) else { return }
        if let fault = envelope.error {
            continuation.resume(throwing: BrowserError("Chromium refuses: \(fault.message)"))
        } else {
            continuation.resume(returning: message)
        }
    }
}

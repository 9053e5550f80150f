import Foundation

/// A page in the browser; frames inside it are named by a part of their address.
package struct BrowserPage: Sendable {
    private struct Nothing: Decodable {}

    private struct Target: Decodable {
        let targetId: String
    }

    private struct Session: Decodable {
        let sessionId: String
    }

    private struct FrameTree: Decodable {
        struct Node: Decodable {
            struct Frame: Decodable {
                let id: String
                let url: String
                let urlFragment: String?
            }

            let frame: Frame
            let childFrames: [Node]?

            var all: [Frame] { [frame] + (childFrames ?? []).flatMap(\.all) }
        }

        let frameTree: Node
    }

    private struct World: Decodable {
        let executionContextId: Int
    }

    private struct Evaluation: Decodable {
        struct Value: Decodable {
            let value: String?
        }

        struct Fault: Decodable {
            struct Exception: Decodable {
                let description: String?
            }

            let text: String
            let exception: Exception?
        }

        let result: Value
        let exceptionDetails: Fault?
    }

    private let tools: DevTools
    private let session: String

    init(of tools: DevTools) async throws {
        self.tools = tools
        let target = try await tools.call("Target.createTarget", ["url": "about:blank"], as: Target.self)
        session = try await tools.call(
            "Target.attachToTarget",
            ["targetId": .text(target.targetId), "flatten": true],
            as: Session.self
        ).sessionId
        for domain in ["Page", "Runtime", "Log"] {
            _ = try await tools.call(domain + ".enable", session: session, as: Nothing.self)
        }
    }

    /// What pages wrote to the console, what the browser said of them, such as breaches of a policy, and what they threw.
    package var remarks: [String] {
        get async { await tools.remarks }
    }

    /// Goes to an address.
    package func open(_ address: String) async throws {
        _ = try await tools.call("Page.navigate", ["url": .text(address)], session: session, as: Nothing.self)
    }

    /// The value of an expression, by way of JSON; a promise is waited for.
    package func value<Value: Decodable & Sendable>(
        of script: String,
        in frame: String? = nil,
        as type: Value.Type = Value.self
    ) async throws -> Value {
        var params: [String: DevToolsValue] = [
            "expression": .text("(async () => JSON.stringify((await (\(script))) ?? null))()"),
            "awaitPromise": true, "returnByValue": true, "userGesture": true,
        ]
        if let frame { params["contextId"] = .number(try await context(of: frame)) }
        let told = try await tools.call("Runtime.evaluate", params, session: session, as: Evaluation.self)
        if let fault = told.exceptionDetails {
            throw BrowserError("The page threw: \(fault.exception?.description ?? fault.text)")
        }
        return try JSONDecoder().decode(Value.self, from: Data((told.result.value ?? "null").utf8))
    }

    /// Waits until an expression is true; what it throws meanwhile, as on a page that is just changing, is no.
    ///
    /// - Parameters:
    ///   - script: The expression.
    ///   - frame: A part of the address of the frame it is for; nil is the page itself.
    ///   - seconds: How long to wait.
    /// - Throws: Where it never became true in that time, with what the browser had to say.
    package func wait(for script: String, in frame: String? = nil, seconds: Double = 60) async throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var last = "it is false"
        repeat {
            do {
                if try await value(of: "Boolean(\(script))", in: frame, as: Bool.self) { return }
                last = "it is false"
            } catch {
                last = "\(error)"
            }
            try await Task.sleep(for: .milliseconds(20))
        } while ContinuousClock.now < deadline
        throw BrowserError("Waited in vain for \(script): \(last). \(await tools.remarks.suffix(5))")
    }

    /// Waits for an element that is neither hidden nor disabled and clicks it.
    package func click(_ selector: String, in frame: String? = nil) async throws {
        let element = "document.querySelector('\(selector)')"
        try await wait(for: "\(element) && !\(element).disabled && \(element).getClientRects().length > 0", in: frame)
        _ = try await value(of: "\(element).click()", in: frame, as: String?.self)
    }

    /// A world of the test's own in a frame: it shares the frame's elements, not its variables.
    private func context(of frame: String) async throws -> Int {
        let tree = try await tools.call("Page.getFrameTree", session: session, as: FrameTree.self).frameTree
        guard let found = tree.all.first(where: { ($0.url + ($0.urlFragment ?? "")).contains(frame) }) else {
            throw BrowserError("The page has no frame at \(frame), only \(tree.all.map(\.url)).")
        }
        return try await tools.call(
            "Page.createIsolatedWorld",
            ["frameId": .text(found.id)],
            session: session,
            as: World.self
        ).executionContextId
    }
}

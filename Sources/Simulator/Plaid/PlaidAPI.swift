import FoundationEssentials

/// Plaid's sandbox, as far as it is imitated: every call is a POST of one JSON object.
struct PlaidAPI: Sendable {
    let world: World
    let credentials: SimulatorConfiguration.Credentials

    func reply(to call: Call) -> Reply {
        var trace = CallTrace()
        let reply = reply(to: call, &trace)
        world.log(call, .plaid, trace, status: reply.status)
        return reply
    }

    private func reply(to call: Call, _ trace: inout CallTrace) -> Reply {
        do throws(PlaidProblem) {
            guard call.method == "POST", let endpoint = PlaidEndpoint(rawValue: call.path) else { throw .notFound }
            trace.operation = endpoint.operation
            let members = try checkedMembers(of: call)
            try endpoint.schema.check(members)
            return try reply(to: PlaidRequest(members: members), at: endpoint, of: call, &trace)
        } catch {
            return error.reply(requestID: world.environment.makeRequestID())
        }
    }

    private func checkedMembers(of call: Call) throws(PlaidProblem) -> [String: JSON] {
        if let version = call.header("Plaid-Version"), version != "2020-09-14" {
            throw .request("INVALID_HEADERS", "the Plaid-Version header must be 2020-09-14, not \(version)")
        }
        guard call.isJSON else { throw .request("INVALID_BODY", "Content-Type must be application/json") }
        guard let members = call.members else { throw .request("INVALID_BODY", "body could not be parsed as JSON") }
        let clientID = call.header("PLAID-CLIENT-ID") ?? members["client_id"]?.string
        let secret = call.header("PLAID-SECRET") ?? members["secret"]?.string
        guard let clientID, let secret else {
            throw .request("MISSING_FIELDS", "the following required fields are missing: client_id, secret")
        }
        guard clientID == credentials.plaidClientID, secret == credentials.plaidSecret else { throw .invalidKeys }
        return members
    }

    private func reply(
        to request: PlaidRequest,
        at endpoint: PlaidEndpoint,
        of call: Call,
        _ trace: inout CallTrace
    ) throws(PlaidProblem) -> Reply {
        let token = endpoint.takesAccessToken ? try request.accessToken() : ""
        if endpoint == .processorToken { try request.checkProcessor() }
        trace.accountID = endpoint == .processorToken ? request.text("account_id") : nil
        if let outage = world.behaviour.outage(of: .plaid) {
            trace.answer = "outage"
            return renderer.reply(outage, of: .plaid)
        }
        if let refusal = refusal(endpoint, token) {
            trace.isRefusedByLimit = true
            return refusal
        }
        var subject = Subject(operation: endpoint.operation)
        subject.origin = Fingerprint(token)
        subject.accountID = trace.accountID
        subject.magic = endpoint == .processorToken ? world.item(token).magic : 0
        subject.path = endpoint.rawValue
        let fate = world.fate(of: subject)
        trace.answer = fate.answer.name
        if endpoint == .processorToken { try noteAccount(of: request, token, fate.answer) }
        let usual =
            fate.answer.hasEffect
            ? try usualReply(to: request, token: token, at: endpoint, base: call.base) : .json(200, [:])
        return renderer.reply(fate.answer, usual: usual, identifier: "processor_token").delayed(by: fate.latency)
    }

    private var renderer: AnswerRenderer {
        AnswerRenderer(environment: world.environment, behaviour: world.behaviour)
    }

    private func refusal(_ endpoint: PlaidEndpoint, _ token: String) -> Reply? {
        let behaviour = world.behaviour
        guard let limit = endpoint.limit(token: token, behaviour) else { return nil }
        guard let wait = world.admit(limit.scope, limit: limit.count) else { return nil }
        return PlaidProblem.rateLimit(limit.code, subject: limit.subject).reply(
            requestID: world.environment.makeRequestID()
        )
        .adding("retry-after", renderer.text(of: behaviour.retryAfter, wait: wait, .plaid))
    }

    private func usualReply(
        to request: PlaidRequest,
        token: String,
        at endpoint: PlaidEndpoint,
        base: String
    ) throws(PlaidProblem) -> Reply {
        var body: [String: JSON] = [:]
        switch endpoint {
        case .processorToken: body = try mint(request, token: token)
        case .item: body = ["item": try world.item(token).health(), "status": nil]
        case .accounts: body = try accounts(request, token: token)
        case .itemRemove: body = try remove(token)
        case .resetLogin: body = try resetLogin(token)
        case .sandboxPublicToken: body = ["public_token": .string(try orInternalError { try world.makePublicToken() })]
        case .exchange: body = try exchange(request)
        case .linkToken: body = try makeLinkToken(request, base: base)
        case .linkTokenGet: body = try tellLinkToken(request)
        case .verificationKey: body = try verificationKey(request)
        }
        body["request_id"] = .string(world.environment.makeRequestID())
        return .json(200, .object(body))
    }
}

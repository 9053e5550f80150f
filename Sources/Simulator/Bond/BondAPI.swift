/// Bond's sandbox, as far as it is imitated: linking, listing, removing, and the check of a key.
struct BondAPI: Sendable {
    let world: World
    let credentials: SimulatorConfiguration.Credentials

    func reply(to call: Call) -> Reply {
        var trace = CallTrace()
        let reply = answer(call, &trace).adding("date", CivilTime(world.bondNow).httpDate)
        world.log(call, .bond, trace, status: reply.status)
        return reply
    }

    private func answer(_ call: Call, _ trace: inout CallTrace) -> Reply {
        guard let route = BondRoute(call) else {
            return .json(403, ["message": "The requested URL was not found on the server."])
        }
        do throws(BondProblem) {
            trace.operation = route.operation
            guard call.header("Identity") == credentials.bondIdentity,
                call.header("Authorization") == credentials.bondAuthorization
            else { throw .unauthenticated }
            // Known even of a call that gets no further, for whoever counts what became of each account.
            if case .link = route { trace.accountID = world.accountID(named: call.members?["processor_token"]?.string) }
            if let outage = world.behaviour.outage(of: .bond) {
                trace.answer = "outage"
                return renderer.reply(outage, of: .bond)
            }
            if let wait = world.admit("bond", limit: world.behaviour.bondLimit) {
                trace.isRefusedByLimit = true
                return renderer.tooMany(.bond, world.behaviour.retryAfter, wait: wait)
            }
            return switch route {
            case .link: try link(call, &trace)
            case .list(let owner): try list(owner, isFull: call.query["list_full_account"], &trace)
            case .remove(let removal): try remove(removal, call, &trace)
            case .check(let identity): try check(identity, &trace)
            }
        } catch {
            return error.reply
        }
    }

    private func link(_ call: Call, _ trace: inout CallTrace) throws(BondProblem) -> Reply {
        let request = try BondLinkRequest(call)
        trace.owner = request.owner.id
        guard let token = world.receive(processorToken: request.processorToken) else { throw .tokenRefused }
        let fate = world.fate(
            of: Subject(
                operation: .link,
                owner: request.owner.id,
                accountID: token.accountID,
                origin: token.origin,
                processorToken: token.token,
                magic: token.bondAnswer
            )
        )
        trace.answer = fate.answer.name
        let usual = fate.answer.hasEffect ? try makeLink(token, request.owner, fate) : Reply.text(500, "")
        return rendered(fate, usual: usual)
    }

    private func makeLink(_ token: MintedToken, _ owner: World.Owner, _ fate: Fate) throws(BondProblem) -> Reply {
        let statuses: World.Statuses =
            switch fate.answer.shape {
            case .altered(.nullStatus): .init(status: nil, verification: nil)
            case .altered(.unknownEnums): .init(status: "dormant", verification: "verified_by_pigeon")
            default: .init()
            }
        do {
            guard let link = try world.link(token, to: owner, statuses: statuses, isListed: !fate.hidesLink) else {
                return BondProblem.duplicate.reply
            }
            return .json(201, link.createdBody())
        } catch {
            throw BondProblem(500, "server_error", "The journal could not be written.", type: "Server Error")
        }
    }

    private func list(_ owner: String, isFull: String?, _ trace: inout CallTrace) throws(BondProblem) -> Reply {
        trace.owner = owner.lowercased()
        guard owner.isUUID(allowingCapitals: true) else { throw .ownerNotUUID("customer_id") }
        guard ["true", "false", nil].contains(isFull) else {
            throw BondProblem(400, "list_external_accounts_schema", "list_full_account must be true or false.")
        }
        let fate = world.fate(of: Subject(operation: .list, owner: owner.lowercased()))
        trace.answer = fate.answer.name
        let links = world.listedLinks(of: owner.lowercased())
        if links.isEmpty, world.behaviour.emptyListAsError {
            return rendered(fate, usual: BondProblem.emptyList.reply)
        }
        let withMask = world.behaviour.listsMasks
        let bodies = links.map { $0.listedBody(isFull: isFull == "true", withMask: withMask) }
        return rendered(fate, usual: .json(200, .array(bodies)))
    }

    private func remove(_ removal: BondRoute.Removal, _ call: Call, _ trace: inout CallTrace) throws(BondProblem)
        -> Reply
    {
        if let complaint = removal.complaint(about: call) { return .json(400, ["Error": .string(complaint)]) }
        let fate = world.fate(of: Subject(operation: .remove, accountID: removal.id))
        trace.answer = fate.answer.name
        guard fate.answer.hasEffect else { return rendered(fate, usual: .text(500, "")) }
        guard let link = try? world.remove(removal.id) else { throw .linkMissing }
        trace.owner = link.owner
        return rendered(fate, usual: .json(200, link.removedBody(cardAccount: removal.cardAccount)))
    }

    private func check(_ identity: String, _ trace: inout CallTrace) throws(BondProblem) -> Reply {
        let fate = world.fate(of: Subject(operation: .check))
        trace.answer = fate.answer.name
        guard identity == credentials.bondIdentity else {
            throw BondProblem(403, "auth_err", "Not authorized for this resource.")
        }
        let created = CivilTime(world.bondNow).created
        return rendered(
            fate,
            usual: .json(200, ["identity": .string(identity), "is_active": true, "date_created": .string(created)])
        )
    }

    private var renderer: AnswerRenderer {
        AnswerRenderer(environment: world.environment, behaviour: world.behaviour)
    }

    private func rendered(_ fate: Fate, usual: Reply) -> Reply {
        renderer.reply(fate.answer, usual: usual, identifier: "linked_account_id").delayed(by: fate.latency)
    }
}

/// The pages that a customer sees: the script that opens Link on a brand's page, the frame that it opens, the hosted
/// page, and the bank's own page.
struct LinkSite: Sendable {
    let world: World

    /// The reply to a call of a page; nil where the call is for somebody else.
    func reply(to call: Call) -> Reply? {
        let parts = call.segments
        switch (call.method, parts.first, parts.count) {
        case ("GET", "link", 4) where parts[1...2] == ["v2", "stable"]: return asset(parts[3])
        case ("GET", "hl", 2): return hosted(parts[1])
        case ("GET", "bank", 2): return bank(parts[1])
        case ("POST", "bank", 3): return leave(parts[1], verdict: parts[2])
        case ("POST", "link", 3) where parts[1] == "session": return session(parts[2], call.members ?? [:], call.base)
        default: return nil
        }
    }

    private func asset(_ name: String) -> Reply? {
        switch name {
        case "link-initialize.js": .text(200, LinkAssets.initialize, type: "text/javascript")
        case "link-frame.js": .text(200, LinkAssets.frame, type: "text/javascript")
        case "link.html": .text(200, LinkAssets.page(token: nil), type: LinkSite.html)
        default: nil
        }
    }

    private static let html = "text/html; charset=utf-8"

    private func hosted(_ id: String) -> Reply {
        guard let record = world.linkToken(hostedID: id) else {
            return .text(404, LinkAssets.notice("There is no such page."), type: LinkSite.html)
        }
        return .text(200, LinkAssets.page(token: record.token), type: LinkSite.html)
    }

    private func bank(_ state: String) -> Reply {
        guard world.visit(state) != nil else {
            return .text(404, LinkAssets.notice("The bank knows nothing of this visit."), type: LinkSite.html)
        }
        return .text(200, LinkAssets.bank(state: state), type: LinkSite.html)
    }

    /// Sends the customer back to where Link was opened.
    private func leave(_ state: String, verdict: String) -> Reply {
        guard let verdict = ["approve": LinkSession.BankVisit.Verdict.approved, "deny": .denied][verdict],
            let visit = world.visit(state),
            (try? world.change(visit.session, of: visit.linkToken) { $0.visit?.verdict = verdict }) != nil
        else { return .text(404, LinkAssets.notice("The bank knows nothing of this visit."), type: LinkSite.html) }
        let address = (visit.session.visit?.returnAddress ?? "") + "?oauth_state_id=" + state
        return Reply.text(303, "").adding("location", address)
    }

    /// What the frame asks for; an error is told as Link tells it to a page.
    private func session(_ verb: String, _ members: [String: JSON], _ base: String) -> Reply? {
        do {
            switch verb {
            case "open": return .json(200, try open(members))
            case "end": return .json(200, try end(members))
            case "visit": return .json(200, try visit(members, base))
            default: return nil
            }
        } catch let problem as PlaidProblem {
            return .json(400, problem.linkJSON)
        } catch {
            return .json(400, PlaidProblem.internalError.linkJSON)
        }
    }

    private func open(_ members: [String: JSON]) throws -> JSON {
        let token = members["link_token"]?.string ?? ""
        guard let record = world.linkToken(token) else { throw PlaidProblem.linkTokenRefused }
        var told: [String: JSON] = [
            "update_mode": .bool(record.isUpdate), "has_redirect_uri": .bool(record.redirectURI != nil),
            "institution": Institution.usual.json, "visit": nil,
        ]
        if let address = members["received_redirect_uri"]?.string {
            let session = try world.comeBack(to: token, address)
            told["link_session_id"] = .string(session.id)
            told["visit"] = .string(session.visit?.verdict == .approved ? "approved" : "denied")
        } else {
            told["link_session_id"] = .string(try world.openSession(of: token).id)
        }
        return .object(told)
    }

    private func end(_ members: [String: JSON]) throws -> JSON {
        let (record, session) = try found(members)
        guard let ending = try SessionEnding(members) else {
            throw PlaidProblem.request("INVALID_FIELD", "ending must be success, exit or error")
        }
        let finished = try world.finish(session, as: ending, record.token)
        var told = finished.callback.members ?? [:]
        told["completion_redirect_uri"] = .optional(record.completionURI)
        return .object(told)
    }

    private func visit(_ members: [String: JSON], _ base: String) throws -> JSON {
        let (record, session) = try found(members)
        let hostedPage = members["hosted"] == true ? record.hostedID.map { "\(base)/hl/\($0)" } : nil
        guard let address = hostedPage ?? record.redirectURI else {
            throw PlaidProblem.request("INVALID_FIELD", "a bank with OAuth needs a redirect_uri")
        }
        let state = world.environment.makeText()
        try world.change(session, of: record.token) {
            $0.visit = LinkSession.BankVisit(state: state, returnAddress: address)
        }
        return ["url": .string("\(base)/bank/\(state)")]
    }

    private func found(_ members: [String: JSON]) throws -> (LinkTokenRecord, LinkSession) {
        guard let record = world.linkToken(members["link_token"]?.string ?? ""),
            let session = record.sessions.first(where: { .string($0.id) == members["link_session_id"] })
        else { throw PlaidProblem.linkTokenRefused }
        return (record, session)
    }
}

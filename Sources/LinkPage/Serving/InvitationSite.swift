import Domain
import FoundationEssentials
import Hummingbird
import Logging
import NIOCore

/// The pages of invitations, and the page that banks lead back to: both show and ask the same, and differ only in where
/// the invitation's address comes from.
struct InvitationSite: Sendable {
    let desk: any LinkDesk
    let reception: Reception
    let replies: Replies
    let cookie: ReturnCookie
    /// Counts how often Link is opened from one invitation.
    let openings: Limiter
    let logger: Logger

    /// The page itself.
    func page(at address: Secret?, _ request: Request, _ context: LinkContext) async -> Response {
        switch await reception.find(address, for: request, context) {
        case .found: replies.page
        case .unknown: replies.gone
        case .tooMany(let pause): replies.busy(after: pause)
        }
    }

    /// How an invitation stands.
    func state(at address: Secret?, _ request: Request, _ context: LinkContext) async -> Response {
        switch await reception.find(address, for: request, context) {
        case .found(let address, let standing):
            replies.json(.ok, StandingWire(standing, check: reception.check.value(for: address)))
        case .unknown: replies.empty(.notFound)
        case .tooMany(let pause): replies.tooMany(after: pause)
        }
    }

    /// Takes a message of the page's.
    func take(_ verb: Verb, at address: Secret?, _ request: Request, _ context: LinkContext) async throws -> Response {
        if let status = reception.refusal(of: request, at: address) { return replies.empty(status) }
        let body = try await request.body.collect(upTo: Reception.mostBytes)
        switch await reception.find(address, for: request, context) {
        case .found(let address, _): return await answer(verb, at: address, Data(body.readableBytesView))
        case .unknown: return replies.empty(.notFound)
        case .tooMany(let pause): return replies.tooMany(after: pause)
        }
    }

    /// What a page can ask for.
    enum Verb: String, CaseIterable {
        case open
        case resume
        case success
        case exit
    }

    private func answer(_ verb: Verb, at address: Secret, _ body: Data) async -> Response {
        switch verb {
        case .open: await open(address)
        case .resume: await resume(address)
        case .success: await succeed(address, body)
        case .exit: await leave(address, body)
        }
    }

    private func open(_ address: Secret) async -> Response {
        if let pause = openings.take(address.exposed) {
            note("link opened too often", address)
            return replies.later(.tooManyRequests, after: pause)
        }
        switch await desk.open(at: address) {
        case .token(let token):
            note("link opened", address)
            var response = replies.json(.ok, OpeningWire(linkToken: token.exposed))
            cookie.set(address, on: &response)
            return response
        case .later(let pause):
            note("link not opened yet", address)
            return replies.later(.serviceUnavailable, after: pause)
        case .over:
            return replies.empty(.conflict)
        }
    }

    private func resume(_ address: Secret) async -> Response {
        guard let token = await desk.resume(at: address) else { return replies.empty(.conflict) }
        note("link resumed", address)
        return replies.json(.ok, OpeningWire(linkToken: token.exposed))
    }

    private func succeed(_ address: Secret, _ body: Data) async -> Response {
        guard let success = (try? JSONDecoder().decode(SuccessWire.self, from: body))?.success else {
            return replies.empty(.badRequest)
        }
        await desk.succeeded(at: address, with: success)
        note("link succeeded", address)
        return replies.empty(.noContent)
    }

    private func leave(_ address: Secret, _ body: Data) async -> Response {
        guard let exit = try? JSONDecoder().decode(ExitWire.self, from: body) else { return replies.empty(.badRequest) }
        await desk.left(at: address, errorCode: exit.plaidCode)
        note("link left", address, ["error_code": "\(exit.plaidCode ?? "")"])
        return replies.empty(.noContent)
    }

    private func note(_ event: Logger.Message, _ address: Secret, _ more: Logger.Metadata = [:]) {
        let page: Logger.Metadata = ["page": "\(AddressMark(of: address))"]
        logger.info(event, metadata: page.merging(more) { $1 })
    }
}

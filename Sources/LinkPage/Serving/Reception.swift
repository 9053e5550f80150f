import Domain
import Hummingbird

/// Lets a request through to an invitation, or says why not.
struct Reception: Sendable {
    /// The most bytes that a page sends.
    static let mostBytes = 16 * 1024

    let desk: any LinkDesk
    let check: RequestCheck
    let origins: OriginRule
    let trustsProxy: Bool
    /// Counts addresses that nobody has been given.
    let guesses: Limiter

    private static let checkField = HTTPFields.Element.Name("X-Link-Check")

    /// What came of looking for an invitation.
    enum Finding {
        case found(Secret, LinkStanding)
        case unknown
        case tooMany(Duration)
    }

    /// Looks for an invitation; what is no address at all is looked for as well, so that it takes as long.
    func find(_ address: Secret?, for request: Request, _ context: LinkContext) async -> Finding {
        let client = ClientAddress.key(of: request, from: context.remoteAddress, trustsProxy: trustsProxy)
        if let pause = guesses.take(client) { return .tooMany(pause) }
        let standing = await desk.standing(at: address ?? Secret(""))
        guard let address, let standing else { return .unknown }
        guesses.giveBack(client)
        return .found(address, standing)
    }

    /// Why a message is not taken; nothing where it comes from the invitation's own page.
    func refusal(of request: Request, at address: Secret?) -> HTTPResponse.Status? {
        guard origins.allows(request) else { return .forbidden }
        guard Reception.isJSON(request.headers[.contentType]) else { return .unsupportedMediaType }
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= Reception.mostBytes else { return .contentTooLarge }
        let told = Reception.checkField.flatMap { request.headers[$0] } ?? ""
        guard let address, check.isValid(told, for: address) else { return .forbidden }
        return nil
    }

    /// Whether a content type is JSON's.
    static func isJSON(_ type: String?) -> Bool {
        type?.prefix { $0 != ";" && $0 != " " }.lowercased() == "application/json"
    }
}

import Hummingbird
import HummingbirdCore
import NIOCore

/// Takes a request to the side it belongs to and its reply back to the connection.
struct Front: Sendable {
    private static let bodyLimit = 1024 * 1024

    private let plaid: PlaidAPI
    private let bond: BondAPI
    private let admin: AdminAPI
    private let site: LinkSite
    private let world: World

    init(world: World, credentials: SimulatorConfiguration.Credentials) {
        self.world = world
        plaid = PlaidAPI(world: world, credentials: credentials)
        bond = BondAPI(world: world, credentials: credentials)
        admin = AdminAPI(world: world)
        site = LinkSite(world: world)
    }

    @concurrent
    func respond(to request: Request, through writer: consuming ResponseWriter, on channel: any Channel) async throws {
        let body = try await request.body.collect(upTo: Front.bodyLimit)
        let reply = reply(to: Call(request, body: body))
        try await ReplySender(channel: channel).send(reply, through: writer)
    }

    private func reply(to call: Call) -> Reply {
        if let page = site.reply(to: call) { return page }
        return switch call.segments.first {
        case "api": bond.reply(to: call)
        case "admin": admin.reply(to: call)
        default: plaid.reply(to: call).adding("date", CivilTime(world.environment.now()).httpDate)
        }
    }
}

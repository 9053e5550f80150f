import Hummingbird
import Logging

/// What every answer goes through: the policy's headers, and a page of ours for whatever went wrong.
struct PageShell: RouterMiddleware {
    let policy: PagePolicy
    let replies: Replies
    let logger: Logger

    @concurrent
    func handle(
        _ request: Request,
        context: LinkContext,
        next: @concurrent (Request, LinkContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError where error.status.code < 500 {
            response = error.status == .notFound ? replies.gone : replies.empty(error.status)
        } catch {
            // The kind only: what an error says may name what a page was asked with.
            logger.error("page failed", metadata: ["error": "\(type(of: error))"])
            response = replies.empty(.internalServerError)
        }
        policy.apply(to: &response.headers)
        return response
    }
}

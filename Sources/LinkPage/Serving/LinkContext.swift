package import Hummingbird
import NIOCore

/// What is known of a request beside what it says.
package struct LinkContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Who is at the other end of the connection: a customer, or a proxy.
    let remoteAddress: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}

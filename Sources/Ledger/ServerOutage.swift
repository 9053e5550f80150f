/// What a writer is told of a server that is away, while it waits.
package enum ServerOutage: Sendable {
    /// It is tried again until then.
    case began(why: String, patience: Duration)
    case ended(after: Duration)
}

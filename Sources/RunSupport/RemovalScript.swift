/// What the scripted Bond does with one DELETE.
package enum RemovalScript: Sendable {
    /// Removes the link and says so; 404 where there is none any more.
    case remove
    /// Refuses and does nothing.
    case refuse(status: Int, code: String? = nil, type: String? = nil)
    /// Gives no whole answer; `removed` says whether the link was removed.
    case lost(removed: Bool)
    /// Says yes and does nothing.
    case acceptAndKeep
    /// The connection is never made.
    case neverSent
}

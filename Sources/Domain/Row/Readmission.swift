/// A row that was put off.
package struct PutOffRow: Sendable {
    package let link: Link.ID
    package let owner: Owner
    package let credential: Credential

    package init(link: Link.ID, owner: Owner, credential: Credential) {
        (self.link, self.owner, self.credential) = (link, owner, credential)
    }
}

/// What a worker does with a row that it had put off, now that others may have been at it.
package enum Readmission: Sendable, Equatable {
    /// It is tried; its owner is this worker's until that is released.
    case free(Link)
    /// Another worker has its owner in hand.
    case elsewhere
    /// Its owner has a row in doubt.
    case blocked
    /// It is done with for this time, in this state.
    case done(RowState)
}

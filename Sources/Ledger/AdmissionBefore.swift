import Domain

/// How things stood before rows were taken in, in case the transaction is carried out again.
struct AdmissionBefore {
    let sightings: Sightings
    /// The rows for whose sake owners were claimed in it.
    var held: [Link] = []

    /// Gives up what was claimed; a new row has another number the next time, for which the claim would never end.
    ///
    /// - Returns: What had been met before.
    func undo(for crew: Crew?) -> Sightings {
        for link in held { crew?.claims.release(link.id, of: link.identity.owner) }
        return sightings
    }
}

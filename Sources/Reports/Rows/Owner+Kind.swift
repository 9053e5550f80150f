import Domain

extension Owner {
    /// The id where the owner is of this kind.
    func id(if wanted: Kind) -> String? {
        kind == wanted ? id : nil
    }
}

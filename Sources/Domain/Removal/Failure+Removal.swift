extension Failure {
    /// Why a row is not linked any more whose link a person had removed.
    package static let removedOnRequest = Failure(
        source: .bond,
        code: "removed_on_request",
        message: "`relink accounts remove` removed the link; a run links the account again only with --retry unlinked"
    )
}

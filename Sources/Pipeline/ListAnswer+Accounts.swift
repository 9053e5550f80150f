package import Domain

extension RemoteCall<[BondAccount]> {
    /// The same call, where Bond's way of saying that a list is empty has become an empty list.
    package var withEmptyList: RemoteCall {
        guard case .done(let call) = ListAnswer(self) else { return self }
        return call
    }
}

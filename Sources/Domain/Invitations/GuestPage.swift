/// A customer's page.
package struct GuestPage: Sendable {
    package let invitee: Invitee
    package let mode: LinkMode
    /// The part of its address that nobody can guess.
    package let address: Secret

    package init(invitee: Invitee, mode: LinkMode, address: Secret) {
        self.invitee = invitee
        self.mode = mode
        self.address = address
    }
}

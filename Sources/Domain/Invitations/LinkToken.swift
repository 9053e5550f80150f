/// What Plaid Link is opened with.
package struct LinkToken: Sendable {
    /// Opens Link once.
    package let secret: Secret
    /// When it stops working; nothing where Plaid's date cannot be read.
    package let expiresAt: Timestamp?
    /// `expiration` as it came.
    package let expiration: String
    /// Plaid's own page, where one was asked for: whoever has the address can use it.
    package let hostedURL: Secret?

    package init(secret: Secret, expiration: String, hostedURL: Secret?) {
        self.secret = secret
        self.expiration = expiration
        self.hostedURL = hostedURL
        expiresAt = LenientDate.parse(expiration)
    }
}

/// Whether a connection is repaired or made.
package enum LinkMode: String, Sendable, Hashable, CaseIterable {
    /// The customer signs in again at the same bank; access token and accounts stay.
    case updateMode = "update_mode"
    /// The customer connects a bank.
    case firstTime = "first_time"
}

/// A link token that is to be made.
package struct LinkTokenOrder: Sendable {
    package let form: LinkForm
    /// The brand's id of the user: the owner's at Bond.
    package let userID: String
    /// What is to be repaired; nothing makes a new connection.
    package let accessToken: Secret?

    package init(form: LinkForm, userID: String, accessToken: Secret?) {
        self.form = form
        self.userID = userID
        self.accessToken = accessToken
    }
}

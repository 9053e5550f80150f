/// How Plaid Link presents itself, the same for every customer of one command.
package struct LinkForm: Sendable, Equatable {
    /// A page of Plaid's own in place of one of the brand's.
    package struct Hosted: Sendable, Equatable {
        /// How long the address works; nothing means as long as Plaid lets it.
        package var lifetime: Duration?
        /// Where the customer goes afterwards, whether Link succeeded or not.
        package var completionURI: String?

        package init(lifetime: Duration? = nil, completionURI: String? = nil) {
            self.lifetime = lifetime
            self.completionURI = completionURI
        }
    }

    /// The brand's name as Link shows it.
    package var clientName: String
    package var language: String
    /// Two capital letters each.
    package var countries: [String]
    /// What a new connection is for; an old one keeps what it has.
    package var products: [String]
    /// The subtypes of depository accounts that may be chosen for a new connection.
    package var subtypes: [String]
    package var redirectURI: String?
    package var webhook: String?
    package var customization: String?
    package var hosted: Hosted?
    /// Whether a customer who repairs a connection chooses its accounts anew.
    package var selectsAccounts: Bool

    package init(
        clientName: String,
        language: String = "en",
        countries: [String] = ["US"],
        products: [String] = ["auth"],
        subtypes: [String] = ["checking", "savings"],
        redirectURI: String? = nil,
        webhook: String? = nil,
        customization: String? = nil,
        hosted: Hosted? = nil,
        selectsAccounts: Bool = false
    ) {
        self.clientName = clientName
        self.language = language
        self.countries = countries
        self.products = products
        self.subtypes = subtypes
        self.redirectURI = redirectURI
        self.webhook = webhook
        self.customization = customization
        self.hosted = hosted
        self.selectsAccounts = selectsAccounts
    }
}

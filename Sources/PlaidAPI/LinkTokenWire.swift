import Domain

/// The JSON of `/link/token/create`, field for field; names are turned into snake case on the way.
enum LinkTokenWire {
    struct Request: Encodable {
        struct User: Encodable {
            let clientUserId: String
        }

        struct Filters: Encodable {
            struct Depository: Encodable {
                let accountSubtypes: [String]
            }

            let depository: Depository
        }

        struct Hosted: Encodable {
            let completionRedirectUri: String?
            let urlLifetimeSeconds: Int?
        }

        struct Update: Encodable {
            let accountSelectionEnabled: Bool
        }

        let clientName: String
        let language: String
        let countryCodes: [String]
        let user: User
        let products: [String]?
        let accountFilters: Filters?
        let accessToken: String?
        let update: Update?
        let redirectUri: String?
        let webhook: String?
        let linkCustomizationName: String?
        let hostedLink: Hosted?

        /// In update mode products, filters and webhook are what the Item has: Plaid refuses or ignores others.
        init(_ order: LinkTokenOrder) {
            let form = order.form
            let isNew = order.accessToken == nil
            (clientName, language, countryCodes) = (form.clientName, form.language, form.countries)
            user = User(clientUserId: order.userID)
            products = isNew ? form.products : nil
            let hasFilter = isNew && !form.subtypes.isEmpty
            accountFilters =
                hasFilter ? Filters(depository: Filters.Depository(accountSubtypes: form.subtypes)) : nil
            accessToken = order.accessToken?.exposed
            update = !isNew && form.selectsAccounts ? Update(accountSelectionEnabled: true) : nil
            (redirectUri, linkCustomizationName) = (form.redirectURI, form.customization)
            webhook = isNew ? form.webhook : nil
            hostedLink = form.hosted.map {
                Hosted(
                    completionRedirectUri: $0.completionURI,
                    urlLifetimeSeconds: $0.lifetime.map { Int($0.components.seconds) }
                )
            }
        }
    }

    struct Response: Decodable {
        let linkToken: String
        let expiration: String
        let hostedLinkUrl: String?
        let requestId: String?
    }
}

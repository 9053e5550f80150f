import FoundationEssentials

/// A `/link/token/create` call whose fields have the right types, checked for what they say.
struct LinkTokenRequest {
    private static let languages = words("da nl en et fr de hi it lv lt no pl pt ro es sv vi")
    private static let countries = words("US GB ES NL FR IE CA DE IT PL DK NO SE EE LT LV PT BE AT FI")
    private static let accountTypes = words("depository credit loan investment other")
    /// What `products` may ask for where an Item is there already.
    private static let updateProducts = words(
        """
        assets statements income income_verification auth identity cra_base_report cra_income_insights \
        cra_partner_insights cra_network_insights cra_cashflow_insights cra_monitoring cra_lend_score
        """
    )
    private static let products = updateProducts.union(
        words(
            """
            balance_plus beacon identity_match investments investments_auth liabilities payment_initiation \
            identity_verification transactions credit_details standing_orders transfer employment \
            recurring_transactions transactions_refresh signal processor_payments processor_identity profile \
            cra_plaid_credit_score layer pay_by_bank protect_linked_bank protect_transactions cra_home_lending cra_qualify
            """
        )
    )
    private static let nested: [String: PlaidSchema] = [
        "user": PlaidSchema(
            [:],
            optional: [
                "client_user_id": .string, "legal_name": .string, "name": .object, "phone_number": .string,
                "phone_number_verified_time": .string, "email_address": .string,
                "email_address_verified_time": .string, "date_of_birth": .string, "address": .object,
                "id_number": .object, "ssn": .string,
            ]
        ),
        "update": PlaidSchema(
            [:],
            optional: [
                "account_selection_enabled": .boolean, "user": .boolean, "item_ids": .array,
                "reauthorization_enabled": .boolean,
            ]
        ),
        "hosted_link": PlaidSchema(
            [:],
            optional: [
                "delivery_method": .string, "completion_redirect_uri": .string, "url_lifetime_seconds": .number,
                "is_mobile_app": .boolean,
            ]
        ),
    ]

    let request: PlaidRequest

    init(_ request: PlaidRequest) throws(PlaidProblem) {
        self.request = request
        for (name, schema) in LinkTokenRequest.nested.sorted(by: { $0.key < $1.key }) {
            if let members = request.members[name]?.members { try schema.check(members, within: name + ".") }
        }
        try checkWords()
        try checkUser()
        try checkProducts()
        try checkFilters()
        try checkAddresses()
        try checkHosting()
    }

    var isUpdate: Bool { request.members["access_token"]?.string != nil }
    var isHosted: Bool { hosted != nil }

    /// Seconds that the token can be used.
    var lifetime: Double {
        guard let hosted else { return isUpdate ? 1800 : 4 * 3600 }
        if let seconds = hosted["url_lifetime_seconds"]?.number { return seconds }
        return switch hosted["delivery_method"]?.string {
        case "sms": 86_400
        case "email": 7 * 86_400
        default: 1800
        }
    }

    /// The token's record, without an Item.
    func record(token: String, origin: Fingerprint?, created: Date) -> LinkTokenRecord {
        LinkTokenRecord(
            token: token,
            created: created,
            expires: created.addingTimeInterval(lifetime),
            origin: origin,
            userID: request.members["user"]?["client_user_id"]?.string ?? request.text("user_id"),
            redirectURI: request.members["redirect_uri"]?.string,
            completionURI: hosted?["completion_redirect_uri"]?.string,
            webhook: request.members["webhook"]?.string,
            hostedID: isHosted ? Fingerprint(token).identifier(count: 32) : nil,
            subtypes: request.members["account_filters"]?["depository"]?["account_subtypes"]?.texts ?? [],
            metadata: metadata
        )
    }

    private var hosted: [String: JSON]? { request.members["hosted_link"]?.members }

    private var metadata: JSON {
        let told = request.members
        return [
            "client_name": told["client_name"] ?? .null, "language": told["language"] ?? .null,
            "country_codes": told["country_codes"] ?? .null, "initial_products": told["products"] ?? [],
            "redirect_uri": told["redirect_uri"] ?? .null, "webhook": told["webhook"] ?? .null,
            "account_filters": told["account_filters"] ?? .null,
        ]
    }

    private func checkWords() throws(PlaidProblem) {
        guard LinkTokenRequest.languages.contains(request.text("language")) else {
            throw .request("INVALID_FIELD", "language is not a supported language")
        }
        let codes = request.members["country_codes"]?.texts ?? []
        guard !codes.isEmpty, LinkTokenRequest.countries.isSuperset(of: codes) else {
            throw .request("INVALID_FIELD", "country_codes must name supported countries, at least one")
        }
    }

    private func checkUser() throws(PlaidProblem) {
        guard let id = request.members["user"]?["client_user_id"]?.string, !id.isEmpty else {
            guard request.text("user_id").isEmpty else { return }
            throw .request("MISSING_FIELDS", "the following required fields are missing: user.client_user_id")
        }
        guard !id.contains("@") else {
            throw .request("INVALID_FIELD", "user.client_user_id must not contain personally identifiable information")
        }
    }

    private func checkProducts() throws(PlaidProblem) {
        let asked = request.members["products"]?.texts ?? []
        let others = ["optional_products", "required_if_supported_products", "additional_consented_products"]
            .flatMap { request.members[$0]?.texts ?? [] }
        if let unknown = (asked + others).first(where: { !LinkTokenRequest.products.contains($0) }) {
            throw PlaidProblem(
                type: "INVALID_INPUT",
                code: "INVALID_PRODUCT",
                message: "client is not authorized to access the following products: [\"\(unknown)\"]"
            )
        }
        guard Set(asked).isDisjoint(with: others) else {
            throw .request("INVALID_FIELD", "products may not overlap with the other lists of products")
        }
        guard isUpdate else {
            guard asked.isEmpty else { return }
            throw .request("MISSING_FIELDS", "the following required fields are missing: products")
        }
        guard LinkTokenRequest.updateProducts.isSuperset(of: asked) else {
            throw .request("INVALID_FIELD", "products must not be set when an access_token is provided")
        }
    }

    private func checkFilters() throws(PlaidProblem) {
        guard let filters = request.members["account_filters"]?.members else { return }
        for (type, filter) in filters {
            guard LinkTokenRequest.accountTypes.contains(type),
                filter.members?.keys.sorted() == ["account_subtypes"],
                filter["account_subtypes"]?.texts?.isEmpty == false
            else { throw .request("INVALID_FIELD", "account_filters must hold account_subtypes for types of account") }
        }
        guard isUpdate, request.members["update"]?["account_selection_enabled"] != true else { return }
        throw .request("INVALID_FIELD", "account_filters need update.account_selection_enabled in update mode")
    }

    private func checkAddresses() throws(PlaidProblem) {
        let completion = hosted?["completion_redirect_uri"]?.string
        for (name, text) in [
            ("redirect_uri", request.members["redirect_uri"]?.string), ("webhook", request.members["webhook"]?.string),
        ] {
            guard let text else { continue }
            guard let address = URL(string: text), ["http", "https"].contains(address.scheme), address.host != nil
            else { throw .request("INVALID_FIELD", "\(name) must be a valid URL") }
            guard name == "webhook" || !text.contains(where: { "?#".contains($0) }) else {
                throw .request("INVALID_FIELD", "\(name) must not contain query parameters")
            }
        }
        guard completion.map({ URL(string: $0)?.scheme != nil }) != false else {
            throw .request("INVALID_FIELD", "hosted_link.completion_redirect_uri must be a valid URL")
        }
    }

    private func checkHosting() throws(PlaidProblem) {
        guard let hosted else { return }
        guard ["sms", "email", nil].contains(hosted["delivery_method"]?.string) else {
            throw .request("INVALID_FIELD", "hosted_link.delivery_method must be sms or email")
        }
        guard let lifetime = hosted["url_lifetime_seconds"], lifetime != .null else { return }
        guard let seconds = lifetime.int, (1...21 * 86_400).contains(seconds) else {
            throw .request("INVALID_FIELD", "hosted_link.url_lifetime_seconds must be from 1 to 1814400")
        }
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(separator: " ").map(String.init))
    }
}

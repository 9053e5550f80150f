import ArgumentParser
import Domain

/// How Plaid Link presents itself.
struct LinkFormOptions: ParsableArguments {
    @Option(help: "The brand's name as Link shows it; Plaid shows another one where it is longer than 30 characters.")
    var clientName: String?

    @Option(help: "Link's language, as en or es. Default: en.")
    var language: String?

    @Option(help: "The countries of the banks, parted by commas. Default: US.")
    var countries: String?

    @Option(help: "What a new connection is for, parted by commas. Default: auth.")
    var products: String?

    @Option(help: "The subtypes of accounts that may be chosen, parted by commas. Default: checking,savings.")
    var subtypes: String?

    @Option(
        help: ArgumentHelp("Where a bank sends the customer back to; allow it in Plaid's dashboard.", valueName: "url")
    )
    var redirectURI: String?

    @Option(help: ArgumentHelp("Where Plaid tells of a new connection.", valueName: "url"))
    var webhook: String?

    @Option(help: "The customization of Plaid's dashboard that Link has.")
    var customization: String?

    @Flag(help: "Customers who repair a connection choose its accounts anew, as where an account is gone.")
    var selectAccounts = false

    @Flag(help: "Have Plaid host the page, and write its address (hosted_link_url).")
    var hosted = false

    @Option(help: "How long a hosted page works, 21d at most. Default: as long as Plaid lets it.")
    var hostedLifetime: String?

    @Option(help: ArgumentHelp("Where a hosted page leads to at its end, whatever came of it.", valueName: "url"))
    var completionURI: String?

    /// The form; what cannot be used is exit 64 or 78.
    func form(_ reader: SettingsReader) throws -> LinkForm {
        guard let name = reader.text(.clientName, flag: clientName), !name.isEmpty else {
            throw CommandFailure(
                .misconfigured,
                "Link needs the brand's name: give --client-name (RELINK_CLIENT_NAME)."
            )
        }
        var form = LinkForm(clientName: name)
        form.language = reader.text(.language, flag: language) ?? form.language
        form.countries = try words(.countries, countries, reader).map { $0.map { $0.uppercased() } } ?? form.countries
        form.products = try words(.products, products, reader) ?? form.products
        form.subtypes = try words(.subtypes, subtypes, reader) ?? form.subtypes
        form.redirectURI = reader.text(.redirectURI, flag: redirectURI)
        form.webhook = reader.text(.webhook, flag: webhook)
        form.customization = reader.text(.customization, flag: customization)
        form.hosted = try hosted(reader)
        form.selectsAccounts = selectAccounts
        return form
    }

    private func hosted(_ reader: SettingsReader) throws -> LinkForm.Hosted? {
        let lifetime = try hostedLifetime.map { text in
            guard let lifetime = ValueForms.duration(text), lifetime >= .seconds(1), lifetime <= .seconds(21 * 86_400)
            else { throw CommandFailure(.usage, "--hosted-lifetime \(text) is not a duration of 1s to 21d.") }
            return lifetime
        }
        guard hosted else {
            guard lifetime == nil, completionURI == nil else {
                throw CommandFailure(.usage, "--hosted-lifetime and --completion-uri are for --hosted.")
            }
            return nil
        }
        return LinkForm.Hosted(lifetime: lifetime, completionURI: completionURI)
    }

    private func words(_ setting: Setting, _ flag: String?, _ reader: SettingsReader) throws -> [String]? {
        try reader.value(setting, flag: flag, form: "words parted by commas") { text in
            let words = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
            return words.isEmpty || words.contains("") ? nil : words
        }
    }
}

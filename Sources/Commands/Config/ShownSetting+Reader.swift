import Ledger
import Reports

extension ShownSetting {
    /// Looks a setting up.
    init(_ setting: Setting, flag: String?, _ reader: SettingsReader) {
        let origin = reader.origin(setting, flag: flag)
        let words = setting.words
        let text = origin == .usual ? words.usual : reader.text(setting, flag: flag).map(LedgerPlace.withoutPassword)
        self.init(
            name: setting.rawValue,
            value: setting.isSecret ? (origin == .usual ? nil : "set") : text,
            origin: origin.inWords,
            usual: words.usual,
            variables: setting.environmentNames,
            key: setting.fileKey,
            meaning: words.meaning
        )
    }
}

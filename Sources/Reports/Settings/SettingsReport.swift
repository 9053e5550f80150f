/// The settings, for people and for scripts.
package struct SettingsReport: Sendable {
    private let settings: [ShownSetting]

    /// Makes a report of settings, in the order they are shown in.
    package init(_ settings: [ShownSetting]) {
        self.settings = settings
    }

    /// A line for each setting, with a dash where there is no value; without a line break at the end.
    package func text(showsOrigin: Bool) -> String {
        var table = TextTable(.left, .left, .left)
        for setting in settings {
            table.add([setting.name, setting.value ?? "-"] + (showsOrigin ? [setting.origin] : []))
        }
        return table.lines.joined(separator: "\n")
    }

    /// The document on one line, without a line break at its end.
    package var json: String {
        let document: JSONValue = ["version": 1, "settings": .array(settings.map(entry))]
        return document.text
    }

    private func entry(_ setting: ShownSetting) -> JSONValue {
        [
            "name": .string(setting.name),
            "value": JSONValue(setting.value),
            "origin": .string(setting.origin),
            "default": JSONValue(setting.usual),
            "variables": .array(setting.variables.map { .string($0) }),
            "key": .string(setting.key),
            "meaning": .string(setting.meaning),
        ]
    }
}

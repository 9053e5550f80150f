import Foundation

/// JSON read by somebody else than its writer.
enum JSON {
    /// The object a text is; nothing where it is none.
    static func object(_ text: String) -> [String: Any]? {
        let value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        return value as? [String: Any]
    }
}

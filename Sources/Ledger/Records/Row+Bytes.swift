import Domain
import FoundationEssentials
import GRDB

extension Row {
    /// A blob column's bytes, none where it is null.
    func bytes(_ column: String) -> [UInt8] {
        let data: Data? = self[column]
        return data.map { Array($0) } ?? []
    }

    /// A column of milliseconds as a moment.
    func timestamp(_ column: String) -> Timestamp? {
        let milliseconds: Int64? = self[column]
        return milliseconds.map { Timestamp(milliseconds: $0) }
    }

    /// The owner in the columns `owner_kind` and `owner_id`.
    var owner: Owner? {
        let kind: String? = self["owner_kind"]
        let id: String? = self["owner_id"]
        guard let kind = kind.flatMap(Owner.Kind.init(rawValue:)), let id else { return nil }
        return Owner(kind: kind, id: id)
    }
}

extension [UInt8] {
    /// The bytes as SQLite takes them.
    var data: Data { Data(self) }
}

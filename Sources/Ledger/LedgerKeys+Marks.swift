import Crypto
import Domain

extension LedgerKeys {
    /// The rows with their marks.
    func marked(_ rows: [InputRow]) -> [MarkedRow] {
        var bytes: [UInt8] = []
        return rows.map { row in
            Self.write(row, to: &bytes)
            var code = salted
            code.update(data: bytes)
            return code.finalize().withUnsafeBytes { digest in
                MarkedRow(
                    row,
                    high: digest.loadUnaligned(fromByteOffset: 0, as: Int64.self).littleEndian,
                    low: digest.loadUnaligned(fromByteOffset: 8, as: Int64.self).littleEndian
                )
            }
        }
    }

    /// What the input says of a row.
    ///
    /// Only a reference can have a zero byte in it, and it comes last: no two rows give the same bytes.
    private static func write(_ row: InputRow, to bytes: inout [UInt8]) {
        let (owner, credential) = (row.identity.owner, row.credential)
        let kind =
            switch credential {
            case .accessToken: "access"
            case .publicToken: "public"
            }
        bytes.removeAll(keepingCapacity: true)
        for text in ["input", owner.kind.rawValue, owner.key, row.identity.accountID, kind, credential.secret.exposed] {
            bytes.append(contentsOf: text.utf8)
            bytes.append(0)
        }
        if let reference = row.reference {
            bytes.append(1)
            bytes.append(contentsOf: reference.utf8)
        }
    }
}

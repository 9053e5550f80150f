import Crypto
import Ledger

extension LedgerPlace {
    /// The path of a file that belongs to a ledger: beside a ledger's file, or in a folder by a hash of the URL, which
    /// has no password in it.
    func neighbour(_ suffix: String, in folder: String) -> String {
        if let filePath { return filePath + suffix }
        let hash = SHA256.hash(data: Array(description.utf8)).prefix(8)
        let digits = hash.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return "\(folder)/relink-\(digits)\(suffix)"
    }
}

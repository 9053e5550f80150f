/// The answers that an access token asks for by its own digits.
///
/// In `access-sandbox-PPPPBBBB-face-4xxx-8xxx-xxxxxxxxxxxx` the number PPPP chooses Plaid's answer and BBBB the answer of
/// Bond to the link made from that token; 0000, and any number that is not in the catalogue, is the usual answer.
struct MagicToken {
    let plaid: Int
    let bond: Int

    init(_ accessToken: String) {
        let groups = accessToken.split(separator: "-")
        guard groups.count == 7, groups[3] == "face", groups[2].utf8.count == 8, let digits = Int(groups[2]),
            groups[2].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else {
            plaid = 0
            bond = 0
            return
        }
        plaid = digits / 10_000
        bond = digits % 10_000
    }
}

/// The bank that every Item of the simulator is at.
struct Institution: Sendable {
    let id: String
    let name: String

    static let usual = Institution(id: "ins_109508", name: "First Platypus Bank")

    var json: JSON { ["institution_id": .string(id), "name": .string(name)] }
}

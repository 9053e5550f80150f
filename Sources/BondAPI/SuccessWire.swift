/// The body of a 2xx answer: what was asked for, or the refusal that an early answer form hides there.
struct SuccessWire<Wire: Decodable>: Decodable {
    /// The status in the body, where it is that of a refusal.
    let refusal: Int?
    /// What was asked for, where the body has that form.
    let wire: Wire?

    init(from decoder: any Decoder) throws {
        refusal = try? ToldStatusWire(from: decoder).refusal
        wire = refusal == nil ? try? Wire(from: decoder) : nil
    }
}

import Domain

extension Failure {
    /// The failure in the columns of errors whose names begin with `prefix`; nothing where there is none.
    init?(_ row: LedgerRow, _ prefix: String) throws {
        let source: String? = try row.value(prefix + "error_source")
        let code: String? = try row.value(prefix + "error_code")
        guard let source = source.flatMap(Source.init(rawValue:)), let code else { return nil }
        self.init(
            source: source,
            type: try row.value(prefix + "error_type"),
            code: code,
            message: try row.value(prefix + "error_message")
        )
    }

    /// The values of the columns of errors by name; all are null where there is no failure.
    static func arguments(_ failure: Failure?) -> LedgerArguments {
        [
            "source": failure?.source.rawValue, "type": failure?.type, "code": failure?.code,
            "message": failure?.message,
        ]
    }
}

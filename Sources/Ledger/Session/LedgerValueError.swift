/// Thrown where an answer has a value of another kind than the schema says; which value is not told, for it may be secret.
struct LedgerValueError: Error {}

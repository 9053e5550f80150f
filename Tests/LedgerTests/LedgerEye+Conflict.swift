import RunSupport

extension LedgerEye {
    /// Makes a server's INSERTs into a table fail as if another transaction were in the way.
    ///
    /// - Parameters:
    ///   - often: So many times.
    ///   - state: The SQLSTATE.
    ///   - table: The table's name.
    ///   - atCommit: Only when the transaction is committed.
    /// - Returns: What ends it.
    /// - Throws: What the server says.
    func raiseConflicts(
        _ often: Int,
        _ state: String = "40P01",
        onInsertInto table: String,
        atCommit: Bool = false
    ) throws -> () throws -> Void {
        // A sequence is not undone with the transaction.
        try execute(
            """
            CREATE SEQUENCE tries;
            CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('tries') <= \(often) THEN RAISE EXCEPTION 'in the way' USING ERRCODE = '\(state)'; END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER conflict AFTER INSERT ON \(table) DEFERRABLE
                INITIALLY \(atCommit ? "DEFERRED" : "IMMEDIATE") FOR EACH ROW EXECUTE FUNCTION conflict()
            """
        )
        return { try execute("DROP FUNCTION conflict CASCADE; DROP SEQUENCE tries") }
    }
}

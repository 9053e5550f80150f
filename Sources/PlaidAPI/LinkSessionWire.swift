/// The JSON of `/link/token/get`, as far as it is looked at; names are turned into snake case on the way.
enum LinkSessionWire {
    struct Request: Encodable {
        let linkToken: String
    }

    struct Response: Decodable {
        let linkSessions: [Session]?
        let requestId: String?
    }

    struct Session: Decodable {
        let linkSessionId: String?
        let finishedAt: String?
        let results: Results?
        let exit: Exit?
        /// The older words for the two before.
        let onSuccess: OnSuccess?
        let onExit: Exit?
    }

    struct Results: Decodable {
        let itemAddResults: [Added]?
    }

    struct Added: Decodable {
        let publicToken: String?
        let accounts: [Account]?
    }

    struct OnSuccess: Decodable {
        struct Metadata: Decodable {
            let accounts: [Account]?
        }

        let publicToken: String?
        let metadata: Metadata?
    }

    struct Account: Decodable {
        let id: String
    }

    struct Exit: Decodable {
        let error: PlaidErrorWire?
    }
}

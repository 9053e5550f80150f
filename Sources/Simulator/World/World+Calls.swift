import Synchronization

extension World {
    /// Counts a call against a limit; gives the seconds to wait where it is over, nil where it may pass.
    func admit(_ scope: String, limit: Int?) -> Double? {
        let now = environment.now()
        return state.withLock { state in
            state.windows["all \(scope)", default: SlidingWindow()].add(now)
            if let wait = state.pass(scope, limit: limit, at: now) { return wait }
            state.windows[scope, default: SlidingWindow()].add(now)
            return nil
        }
    }

    /// Logs and counts a call; the caller has its answer ready but has not sent it.
    func log(_ call: Call, _ api: API, _ trace: CallTrace, status: Int) {
        let now = environment.now()
        state.withLock { state in
            var tally = state.tallies[api, default: Tally()]
            tally.total += 1
            tally.accepted += trace.isRefusedByLimit ? 0 : 1
            tally.rateLimited += trace.isRefusedByLimit ? 1 : 0
            tally.byStatus[status, default: 0] += 1
            state.tallies[api] = tally
            let number = API.allCases.reduce(0) { $0 + (state.tallies[$1]?.total ?? 0) }
            if state.log.count >= logCapacity * 2 { state.log.removeFirst(logCapacity) }
            state.log.append(
                CallRecord(
                    number: number,
                    api: api,
                    operation: trace.operation,
                    method: call.method,
                    path: call.path,
                    time: now,
                    status: status,
                    isRefusedByLimit: trace.isRefusedByLimit,
                    owner: trace.owner,
                    accountID: trace.accountID,
                    answer: trace.answer
                )
            )
        }
    }

    /// The numbers of the moment.
    package var counts: WorldCounts {
        state.withLock { state in
            var counts = WorldCounts()
            for api in API.allCases {
                var tally = state.tallies[api] ?? Tally()
                tally.maxCallsIn60s = state.windows["all \(api.rawValue)"]?.peak ?? 0
                tally.maxAcceptedIn60s = state.windows[api.rawValue]?.peak ?? 0
                counts.calls[api] = tally
            }
            let active = state.links.filter(\.isActive)
            let pairs = Dictionary(grouping: active) { [$0.owner, $0.accountID] }
            counts.tokensMinted = state.tokens.count
            counts.tokensRepeated = state.tokensRepeated
            counts.linksCreated = state.links.count
            counts.linksActive = active.count
            counts.doubleLinks = pairs.values.count { $0.count > 1 }
            counts.orphanTokens = state.tokens.count - state.postedTokens.count
            return counts
        }
    }
}

/// What is found out about a call on its way to an answer, for the log.
struct CallTrace: Sendable {
    var operation: Operation?
    var owner: String?
    var accountID: String?
    var answer: String?
    var isRefusedByLimit = false
}

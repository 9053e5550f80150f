package import Domain
import Pacing

/// Takes links over that were made elsewhere: only such as Bond lists for their owner, and as the ledger allows.
package struct Adopter: Sendable {
    /// What is told while it goes on.
    package enum Event: Sendable {
        case result(AdoptionResult)
        case invalid(InvalidRow)
        /// So many valid lines the user had left out.
        case excluded(Int)
    }

    private let tools: RunTools
    private let control: RunControl
    private let adoptions: any AdoptionLedger
    private let lister: OwnerListing

    /// Prepares adoptions.
    ///
    /// - Parameters:
    ///   - tools: What they work with.
    ///   - board: Counts the calls, and says why they stop.
    ///   - control: Stops them.
    ///   - adoptions: The ledger that takes them.
    package init(tools: RunTools, board: RunBoard, control: RunControl, adoptions: any AdoptionLedger) {
        self.tools = tools
        self.control = control
        self.adoptions = adoptions
        lister = OwnerListing(tools: tools, board: board, control: control)
    }

    /// Adopts what `source` gives, and tells what became of each line as soon as it is known.
    ///
    /// After a stop nothing more is read.
    ///
    /// - Throws: What `source` and `report` throw, once all that was started has come to its end.
    package func perform<Source: AdoptionSource>(
        _ source: Source,
        _ report: (Event) throws -> Void
    ) async throws {
        var source = source
        try await withThrowingTaskGroup(of: [AdoptionResult].self) { group in
            var underWay = 0
            while control.isGoing, let batch = try await source.next() {
                for row in batch.invalid { try report(.invalid(row)) }
                if batch.excluded > 0 { try report(.excluded(batch.excluded)) }
                let (settled, open) = await sorted(batch.adoptions)
                for result in settled { try report(.result(result)) }
                for claims in Self.groups(open) {
                    if underWay == tools.settings.concurrency * 2 {
                        for result in try await group.next() ?? [] { try report(.result(result)) }
                        underWay -= 1
                    }
                    group.addTask { await adopt(claims) }
                    underWay += 1
                }
            }
            for try await results in group { for result in results { try report(.result(result)) } }
        }
    }

    /// What the ledger settles by itself, without a call, and what is left.
    private func sorted(_ adoptions: [Adoption]) async -> (settled: [AdoptionResult], open: [Adoption]) {
        do {
            let standings = try await self.adoptions.standings(of: adoptions)
            let results = zip(adoptions, standings).map { AdoptionResult($0, by: $1.verdict(on: $0)) }
            return (results.compactMap(\.self), zip(adoptions, results).filter { $1 == nil }.map(\.0))
        } catch {
            control.stop(.unwritable("\(error)"))
            return (adoptions.map { AdoptionResult($0, .unreached) }, [])
        }
    }

    /// The claims by owner, in the order in which owners come first.
    private static func groups(_ adoptions: [Adoption]) -> [[Adoption]] {
        var places: [Owner: Int] = [:]
        var groups: [[Adoption]] = []
        for adoption in adoptions {
            let owner = adoption.identity.owner
            if let place = places[owner] {
                groups[place].append(adoption)
            } else {
                places[owner] = groups.count
                groups.append([adoption])
            }
        }
        return groups
    }

    /// Adopts the claims of one owner; never throws: what stops it stops the command.
    private func adopt(_ claims: [Adoption]) async -> [AdoptionResult] {
        guard let owner = claims.first?.identity.owner else { return [] }
        do {
            let call = try await lister.list(owner)
            guard case .success(let listed) = call.reply else {
                let missing = await lister.missing(call)
                let outcome = missing.isAnswer ? AdoptionResult.Outcome.refused : .unreached
                return claims.map { AdoptionResult($0, outcome, failure: missing.failure) }
            }
            return try await settle(claims, listed, Attempt(.list, call))
        } catch is CallGate.Closed, is CancellationError {
            // What stopped the command is known.
        } catch {
            control.stop(.unwritable("\(error)"))
        }
        return claims.map { AdoptionResult($0, .unreached) }
    }

    private func settle(
        _ claims: [Adoption],
        _ listed: [BondAccount],
        _ listing: Attempt
    ) async throws -> [AdoptionResult] {
        let evidence = claims.map { AdoptionEvidence($0, listed: listed) }
        let confirmed = zip(claims, evidence).compactMap { claim, evidence -> ConfirmedAdoption? in
            guard case .confirmed(let account) = evidence else { return nil }
            return ConfirmedAdoption(claim, account)
        }
        var verdicts = confirmed.isEmpty ? [] : try await adoptions.adopt(confirmed, listing, at: tools.now())
        verdicts.reverse()
        return zip(claims, evidence).map { claim, evidence in
            switch evidence {
            case .confirmed(let account):
                AdoptionResult(claim, by: verdicts.popLast() ?? .free, account: account)
                    ?? AdoptionResult(claim, .adopted, account: account)
            case .notListed: AdoptionResult(claim, .notListed, failure: .notListed)
            case .removed(let account): AdoptionResult(claim, .removed, account: account, failure: .listedAsRemoved)
            case .contradicted(let account, let failure):
                AdoptionResult(claim, .contradicted, account: account, failure: failure)
            }
        }
    }
}

extension Failure {
    fileprivate static let notListed = removal("not_listed", "Bond does not list the link for this owner")
    fileprivate static let listedAsRemoved = removal("link_removed", "Bond lists the link as removed")
}

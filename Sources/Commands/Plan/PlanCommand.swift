import ArgumentParser
import Domain
import Ledger
import Pacing
import Pipeline
import Reports

/// `relink plan`: what a run would do; nothing is called and nothing is written but the plan.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a run would do, how long it would take, and what looks odd.",
        discussion: """
            It takes the options of run that choose rows and rates, needs no credentials, and calls nobody.
            Exit codes: 0 nothing to do, 2 there is work to do.
            """
    )

    private static let workToDo: Int32 = 2

    @OptionGroup var input: InputOptions
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "sandbox, production or simulator (RELINK_ENV): whose tokens the rows hold. Default: sandbox.")
    var env: String?

    @Option(help: "Bond calls at most, as --plaid-rate. Default: 600/min.")
    var bondRate: String?

    @Option(help: "How long Bond may take to list a new link. Default: 60s in production, 10s in sandbox.")
    var settle: String?

    @Option(help: "Keep the plan in this file, for run --plan.")
    var output: String?

    @Flag(help: "Print one document (JSON) on standard output.")
    var json = false

    func run() async throws {
        let read = input.filesRead(try await configuration.reader())
        if let output { try AtomicFile.check(output, sparing: read) }
        let (plan, document) = try await CommandFailure.translating { try await make() }
        if let output { try keep(document, in: output, sparing: read) }
        try Console.write(line: json ? document.json : PlanText(plan).text)
        if plan.hasWork { throw CommandFailure(exitCode: Self.workToDo) }
    }

    private func keep(_ document: PlanDocument, in output: String, sparing read: FilesRead) throws {
        let file = try AtomicFile(output, sparing: read)
        try file.write(Array((document.json + "\n").utf8))
        try file.complete()
    }

    private func make() async throws -> (Plan, PlanDocument) {
        let reader = try await configuration.reader()
        let environment = try Deployment.environment(flag: env, reader)
        var settings = RunSettings()
        try selection.complete(&settings, reader)
        settings.settle =
            try reader.value(.settle, flag: settle, form: "a duration such as 10s", ValueForms.duration)
            ?? environment.defaultSettle
        if output != nil, input.inputs.contains("-") {
            throw CommandFailure(
                .usage,
                "A plan that is kept needs files: nobody can tell whether - is still the same."
            )
        }
        let path = try ledger.place(reader)
        let policy = AdmissionPolicy(now: Surroundings.now(), recheck: settings.recheck, retry: settings.retry)
        let planner = try LedgerPlanner(path, policy: policy)
        // Both before the input is read: a run that begins meanwhile makes the plan void.
        let epoch = try planner.epoch()
        let inputs = try output == nil ? [] : digests()
        var planning = Planning(planner: planner, settings: settings, plan: try emptyPlan(environment, path, planner))
        let files = try await input.open(reader, environment: environment)
        try await planning.read(files)
        try files.minimum.check(rows: planning.plan.input.read)
        let schedules: [Domain.API: RateSchedule] = [
            .plaid: try selection.rate(reader),
            .bond: try Deployment.rate(.bondRate, bondRate, reader) ?? RateSchedule(.perMinute(600)),
        ]
        planning.forecast(schedules, learned: try planner.learnedRates(), at: Surroundings.secondOfDay())
        var plan = planning.plan
        if plan.hasWork { plan.next = next(of: plan).command }
        return (plan, PlanDocument(plan, inputs: inputs, epoch: epoch))
    }

    private func emptyPlan(
        _ environment: DeploymentEnvironment,
        _ path: LedgerPlace,
        _ planner: LedgerPlanner
    ) throws -> Plan {
        var plan = Plan(madeAt: Surroundings.now())
        (plan.environment, plan.ledger, plan.hasLedger) = (environment, path.description, try path.exists())
        plan.ownersInDoubt = try planner.ownersInDoubt()
        guard plan.hasLedger else { return plan }
        let totals = try LedgerReader(path).overview().totals
        plan.inDoubt = totals.states[.inDoubt, default: 0] + totals.states[.posting, default: 0]
        plan.orphanTokens = totals.orphanTokens
        return plan
    }

    private func digests() throws -> [PlanDocument.Input] {
        try input.inputs.map { PlanDocument.Input(name: $0, sha256: try FileDigest.sha256($0)) }
    }

    private func next(of plan: Plan) -> Invocation {
        let run = Invocation(arguments: Surroundings.arguments).renamed("run").leavingOut(flag: "--json")
            .leavingOut("--output")
        let mustBeMade = plan.environment == .production && !plan.hasLedger
        return run.adding(output.map { ["--plan", $0] } ?? []).adding(mustBeMade ? ["--new-ledger"] : [])
    }
}

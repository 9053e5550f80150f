import ArgumentParser
import Domain
import Intake

/// What a command reads rows from, and how.
struct InputOptions: ParsableArguments {
    @Argument(help: "CSV or JSONL files; - is standard input.")
    var inputs: [String]

    @Option(help: ArgumentHelp("Take FIELD from this column, or dotted path of JSON keys.", valueName: "field=column"))
    var map: [String] = []

    @Option(help: "What parts the fields of CSV: one character, or tab.")
    var delimiter: String?

    @Flag(help: "Rows may belong to businesses (business_id).")
    var businessOwners = false

    @Option(help: "A CSV or JSONL file of owners, accounts or references to leave out.")
    var exclude: String?

    @Option(help: "Exit 65 at the end where the input has fewer rows than this: an export that broke off.")
    var minRows: String?

    /// How the inputs are to be read.
    func options(
        _ settings: SettingsReader,
        environment: DeploymentEnvironment,
        fields: [InputField] = InputField.ofRows
    ) throws -> IntakeOptions {
        IntakeOptions(
            columns: try columns(settings, fields),
            delimiter: try settings.value(
                .delimiter,
                flag: delimiter,
                form: "one character or tab",
                ValueForms.delimiter
            ),
            businessOwners: try settings.isOn(.businessOwners, flag: businessOwners),
            environment: environment
        )
    }

    /// Opens every input as far as its header, so that nothing is done when one of them is unusable.
    func open(_ settings: SettingsReader, environment: DeploymentEnvironment) async throws -> InputFiles {
        let options = try options(settings, environment: environment)
        try checkStandardInput()
        let exclusions = try await exclusions(settings)
        let meter = InputMeter()
        var readers: [RowReader<OpenFile>] = []
        for name in inputs {
            var reader = RowReader(name: name, source: try OpenFile(name, meter: meter), options: options)
            // Standard input may come from a person or a slow program: it is opened at its turn.
            if name != "-" { try await reader.open() }
            readers.append(reader)
        }
        return InputFiles(readers: readers, exclusions: exclusions, meter: meter, minimum: try minimum(settings))
    }

    /// Opens every input of a command that invites, as `open` does.
    func invitees(_ settings: SettingsReader, environment: DeploymentEnvironment) async throws -> InviteeFiles {
        let options = try options(settings, environment: environment)
        try checkStandardInput()
        let exclusions = try await exclusions(settings)
        var readers: [InviteeReader<OpenFile>] = []
        for name in inputs {
            var reader = InviteeReader(name: name, source: try OpenFile(name), options: options)
            if name != "-" { try await reader.open() }
            readers.append(reader)
        }
        return InviteeFiles(readers: readers, exclusions: exclusions, minimum: try minimum(settings))
    }

    /// Opens every input of a command that adopts links, as `open` does.
    func adoptions(_ settings: SettingsReader, environment: DeploymentEnvironment) async throws -> AdoptionFiles {
        var options = try options(settings, environment: environment, fields: InputField.allCases)
        // What is set for runs may name a column for access tokens, which are not wanted here.
        options.columns = options.columns.filter { InputField.ofAdoptions.contains($0.key) }
        try checkStandardInput()
        let exclusions = try await exclusions(settings)
        var readers: [AdoptionReader<OpenFile>] = []
        for name in inputs {
            var reader = AdoptionReader(name: name, source: try OpenFile(name), options: options)
            if name != "-" { try await reader.open() }
            readers.append(reader)
        }
        return AdoptionFiles(readers: readers, exclusions: exclusions, minimum: try minimum(settings))
    }

    private func checkStandardInput() throws {
        guard inputs.count(where: { $0 == "-" }) <= 1 else {
            throw CommandFailure(.usage, "Standard input can be read only once.")
        }
    }

    private func minimum(_ settings: SettingsReader) throws -> RowMinimum {
        RowMinimum(least: try settings.value(.minRows, flag: minRows, form: "a number from 1", ValueForms.count))
    }

    /// The files that the command reads, for its outputs to spare.
    func filesRead(_ settings: SettingsReader) -> FilesRead {
        FilesRead(settings, inputs: inputs, exclusions: settings.text(.exclude, flag: exclude))
    }

    private func exclusions(_ settings: SettingsReader) async throws -> ExclusionList {
        guard let path = settings.text(.exclude, flag: exclude) else { return ExclusionList() }
        return try await ExclusionList(name: path, source: try OpenFile(path))
    }

    private func columns(_ settings: SettingsReader, _ known: [InputField]) throws -> [InputField: String] {
        let entries = map.isEmpty ? settings.texts(.map) : map
        var columns: [InputField: String] = [:]
        for entry in entries {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let field = InputField(rawValue: parts[0]), known.contains(field) else {
                let fields = known.map(\.rawValue).joined(separator: ", ")
                let name = settings.name(of: .map, flag: map.first)
                throw CommandFailure(.usage, "\(name): \"\(entry)\" is not FIELD=COLUMN, with a field of \(fields).")
            }
            columns[field] = parts[1]
        }
        return columns
    }
}

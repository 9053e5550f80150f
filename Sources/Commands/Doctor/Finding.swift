import Reports

/// One check of the doctor's, and the exit code it ends with where it fails.
struct Finding: Sendable {
    /// Which exit code is given where several are due.
    static let order: [CommandFailure.Code] = [
        .cannotCreate, .cannotWrite, .refused, .usage, .misconfigured, .tryLater, .noInput,
    ]

    let check: Diagnosis.Check
    var code = CommandFailure.Code.misconfigured

    /// Something that is as it should be, or was left out.
    static func fine(_ name: String, _ detail: String) -> Finding {
        Finding(check: Diagnosis.Check(name, .ok, detail))
    }

    /// Something that is worth knowing.
    static func warning(_ name: String, _ detail: String, advice: String? = nil) -> Finding {
        Finding(check: Diagnosis.Check(name, .warn, detail, advice: advice))
    }

    /// Something that has to be mended first.
    static func fault(
        _ name: String,
        _ code: CommandFailure.Code,
        _ detail: String,
        advice: String? = nil
    ) -> Finding {
        Finding(check: Diagnosis.Check(name, .fail, detail, advice: advice), code: code)
    }

    /// What a command would have ended with.
    static func fault(_ name: String, _ failure: CommandFailure) -> Finding {
        fault(name, CommandFailure.Code(rawValue: failure.exitCode) ?? .misconfigured, failure.message ?? "")
    }
}

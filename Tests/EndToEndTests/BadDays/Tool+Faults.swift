import Foundation
import Testing

extension Tool {
    /// The same tool, failing as a rule of the fault library says; its log is `faults.log`.
    func faulty(_ fault: String?) -> Tool {
        guard let fault else { return self }
        var tool = preloaded
        tool.environment["RELINK_FAULT"] = fault
        tool.environment["RELINK_FAULT_LOG"] = folder.path("faults.log")
        return tool
    }

    /// The same tool with its wall clock set so many seconds off; `setClock` changes it while it runs.
    func clocked(_ seconds: Int) throws -> Tool {
        var tool = preloaded
        tool.environment["RELINK_CLOCK"] = folder.path("clock")
        try tool.setClock(seconds)
        return tool
    }

    /// Sets the wall clock of the programs that run.
    func setClock(_ seconds: Int) throws {
        try folder.write("\(seconds)", to: "clock")
    }

    private var preloaded: Tool {
        var tool = self
        tool.environment["LD_PRELOAD"] =
            Self.executable.deletingLastPathComponent()
            .appendingPathComponent("libFaultShim.so").path
        return tool
    }
}

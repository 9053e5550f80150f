/// What is told on standard error, by names that programs can rely on.
enum ConsoleEvent: String, Sendable, CaseIterable {
    case message
    case problem
    case runStarted = "run_started"
    case runFinished = "run_finished"
    case progress
    case stopping
    case waitingForLock = "waiting_for_lock"
    case waitingForServer = "waiting_for_server"
    case serverBack = "server_back"
    case rateChanged = "rate_changed"
    case paused
    case resumed

    var level: String { self == .problem ? "error" : "notice" }
}

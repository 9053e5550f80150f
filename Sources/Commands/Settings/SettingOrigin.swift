/// Where a setting's value comes from, from the first to the last that is asked.
enum SettingOrigin: Sendable, Equatable {
    case flag
    case variable(String)
    /// A variable that names a file, and the file.
    case variableFile(String, path: String)
    /// The configuration file's path.
    case file(String)
    /// The configuration file names another one.
    case fileFile(String, path: String)
    case usual

    /// As `config show --origin` prints it.
    var inWords: String {
        switch self {
        case .flag: "flag"
        case .variable(let name): name
        case .variableFile(let name, let path): "\(name): \(path)"
        case .file(let file): file
        case .fileFile(let file, let path): "\(file): \(path)"
        case .usual: "default"
        }
    }

    /// The file that holds a credential, where one does.
    var credentialPath: String? {
        switch self {
        case .variableFile(_, let path), .fileFile(_, let path): path
        default: nil
        }
    }
}

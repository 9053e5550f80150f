import BuildFacts

/// What `relink --version` says.
enum Version {
    /// The release.
    static let release = "0.1.0"

    /// The commit the program was built from; empty where the build was not told.
    static var commit: String { String(cString: relink_build_commit()) }

    /// Both in one line.
    static var text: String {
        commit.isEmpty ? release : "\(release) (commit \(commit))"
    }
}

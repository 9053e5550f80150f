/// Why no transport can be made.
package enum TransportError: Error, Equatable, CustomStringConvertible {
    /// The file of certificate authorities cannot be used.
    case unusableAuthorities(file: String, why: String)

    package var description: String {
        switch self {
        case .unusableAuthorities(let file, let why):
            "The certificate authorities in \(file) (--ca-file) cannot be used: \(why)."
        }
    }
}

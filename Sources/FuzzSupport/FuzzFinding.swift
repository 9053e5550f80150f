/// Something that does not hold for an input.
package struct FuzzFinding: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Throws a finding unless `holds`.
func require(_ holds: Bool, _ finding: @autoclosure () -> String) throws(FuzzFinding) {
    if !holds { throw FuzzFinding(finding()) }
}

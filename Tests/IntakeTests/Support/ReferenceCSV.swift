/// A slow and simple reader of legal CSV, to compare with.
enum ReferenceCSV {
    struct Record: Equatable {
        let line: Int
        let fields: [String]
    }

    /// The records of `text` that are not blank lines; `text` must be legal.
    static func records(_ text: String, delimiter: Unicode.Scalar) -> [Record] {
        let scalars = Array(text.unicodeScalars)
        var (at, line) = (0, 1)
        var records: [Record] = []
        while at < scalars.count {
            let startLine = line
            var fields: [String] = []
            var isEnd = false
            while !isEnd {
                let field =
                    scalars.indices.contains(at) && scalars[at] == "\""
                    ? quoted(scalars, &at, &line) : plain(scalars, &at, delimiter)
                fields.append(field)
                isEnd = at >= scalars.count || scalars[at] != delimiter
                at += 1
            }
            if at <= scalars.count, at > 0, scalars[at - 1] == "\r", at < scalars.count, scalars[at] == "\n" { at += 1 }
            line += 1
            let isBlank = fields.count == 1 && fields[0].allSatisfy { $0 == " " || $0 == "\t" }
            if !isBlank { records.append(Record(line: startLine, fields: fields)) }
        }
        return records
    }

    private static func plain(_ scalars: [Unicode.Scalar], _ at: inout Int, _ delimiter: Unicode.Scalar) -> String {
        var field = ""
        while at < scalars.count, scalars[at] != delimiter, scalars[at] != "\n", scalars[at] != "\r" {
            field.unicodeScalars.append(scalars[at])
            at += 1
        }
        return field
    }

    private static func quoted(_ scalars: [Unicode.Scalar], _ at: inout Int, _ line: inout Int) -> String {
        var field = ""
        at += 1
        while scalars[at] != "\"" || (at + 1 < scalars.count && scalars[at + 1] == "\"") {
            if scalars[at] == "\"" { at += 1 }
            if scalars[at] == "\n" ? scalars[at - 1] != "\r" : scalars[at] == "\r" { line += 1 }
            field.unicodeScalars.append(scalars[at])
            at += 1
        }
        at += 1
        return field
    }
}

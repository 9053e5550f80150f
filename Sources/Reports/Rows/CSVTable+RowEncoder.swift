import Domain

extension CSVTable: RowEncoder where Row == ReportRow {
    func appendFooter(to buffer: inout [UInt8]) {}
}

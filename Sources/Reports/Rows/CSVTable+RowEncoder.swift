import Domain

extension CSVTable: RowEncoder where Row == ReportRow {}

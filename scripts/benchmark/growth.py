"""How cost grows with rows, and with calls at a time."""

import ledgers
import measure

SIZES = [10_000, 100_000, 1_000_000, 10_000_000]
CONCURRENCIES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]


def cells(cost):
    return [f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.peak_mib:.0f}"] if cost else ["", "", ""]


def measure_sizes(bench, report):
    report.section("Cost by rows")
    table = []
    for rows in [size for size in SIZES if size <= bench.most]:
        source, ledger, filled = ledgers.fill(bench, rows)
        table.append([f"{rows:,}", "run, all linked", *cells(filled)])
        for name, command in ledgers.readings(bench, source, ledger).items():
            table.append([f"{rows:,}", name, *cells(command())])
    report.table(["rows", "command", "seconds", "CPU seconds", "peak MiB"], table)


def measure_concurrency(bench, report):
    """The same rows with ever more calls at a time, to a server that answers at once and one that takes its time."""
    report.section("Cost by calls at a time")
    table = []
    for concurrency in CONCURRENCIES:
        line = [str(concurrency)]
        for delay_ms in (0, 20):
            # As many rows as keep every setting busy for seconds, and none for minutes.
            rows = bench.rows if delay_ms == 0 else min(bench.rows, 250 * concurrency)
            with bench.server(delay_ms) as server:
                command = bench.relink.rows(bench.input(rows), bench.fresh("grown.sqlite"), server.url, concurrency)
                cost = measure.run(command, env=bench.relink.environment(server.url))
            line += [f"{rows / cost.wall:,.0f}", f"{cost.cpu / rows * 1e6:.0f}", f"{cost.peak_mib:.0f}"]
        table.append(line)
    report.table(
        [
            "calls at a time", "rows/s", "CPU µs/row", "peak MiB",
            "rows/s, answers after 20 ms", "CPU µs/row", "peak MiB",
        ],
        table,
    )

"""Rows a second and processor time a row, of relink and of what its users would take instead."""

import contestants
import measure
from measure import median
from tables import verdict

CONCURRENCY = 64


def measure_once(bench, contestant, rows):
    """One run over a new input into a new ledger; the server says whether it did its work."""
    source, ledger = bench.input(rows), bench.fresh("peer.ledger")
    with bench.server() as server:
        cost = measure.run(
            contestant.rows(source, ledger, server.url, CONCURRENCY), env=contestant.environment(server.url)
        )
        mints, links = server.counts()
        if mints != rows or links != rows:
            raise SystemExit(f"{contestant.name}: {rows} rows, {mints} mints, {links} links")
        return cost, server.cpu()


def measure_all(bench, all_of_them):
    """The costs of everyone, in turns, so that a machine that gets slower does so for all."""
    costs = {each.name: [] for each in all_of_them}
    for _ in range(bench.rounds):
        for each in all_of_them:
            rows = max(100, int(bench.rows * getattr(each, "share", 1.0)))
            cost, server_cpu = measure_once(bench, each, rows)
            costs[each.name].append((rows / cost.wall, cost.cpu / rows * 1e6, cost.peak_mib, server_cpu / cost.wall))
    return {name: [median(column) for column in zip(*runs)] for name, runs in costs.items()}


def measure_parts(bench):
    """Parts of relink's own work alone: the calls without a ledger, and the ledger without calls."""
    rows = bench.rows // CONCURRENCY * CONCURRENCY
    calls, steps = [], []
    for _ in range(bench.rounds):
        with bench.server() as server:
            calls.append(measure.run([bench.pieces, "calls", server.url, rows]))
            if server.counts() != (rows, rows):
                raise SystemExit(f"calls alone: {server.counts()} for {rows} rows")
        steps.append(measure.run([bench.pieces, "ledger", bench.fresh("parts.sqlite"), rows]))
    return [
        [name, f"{rows / median([c.wall for c in costs]):,.0f}", f"{median([c.cpu for c in costs]) / rows * 1e6:.0f}"]
        for name, costs in {
            "relink's two calls alone: AsyncHTTPClient, JSON": calls,
            "relink's ledger alone: four steps a row, two calls on record": steps,
        }.items()
    ]


def measure_ceilings(bench):
    """What the server, the HTTP client and the ledger's library could do if nothing else was to be done."""
    rows = measure_parts(bench)
    with bench.server() as server:
        seconds = 5
        cost = measure.run(
            ["wrk", "-t", "1", "-c", CONCURRENCY, "-d", f"{seconds}s", "-s", bench.here("wrk.lua"), server.url]
        )
        calls = sum(server.counts())
        rows.append(
            ["wrk, both calls, answers unread", f"{calls / 2 / cost.wall:,.0f}", f"{cost.cpu / calls * 2e6:.0f}"]
        )
    database = bench.fresh("import.sqlite")
    cost = measure.run(["sqlite3", database, "-cmd", ".mode csv", f".import {bench.input(bench.rows)} rows"])
    rows.append(
        ["sqlite3's own import of the input", f"{bench.rows / cost.wall:,.0f}", f"{cost.cpu / bench.rows * 1e6:.1f}"]
    )
    return rows


def measure_part(bench, report):
    absent = contestants.missing_programs()
    found = contestants.peers(bench.folder)
    results = measure_all(bench, [bench.relink, *found])
    own, script = results[bench.relink.name], results[found[0].name]
    report.section("Rows: both calls, what must not be lost on the disk before and after the POST")
    report.text(
        f"{bench.rows:,} rows (fewer for the slow), {CONCURRENCY} calls at a time, {bench.rounds} rounds in turn. "
        "relink commits four times a row and the others twice; the server's processor is not counted."
    )
    report.table(
        ["program", "rows/s", "CPU µs/row", "peak MiB", "server busy", "rows/s to the script", "CPU to the script"],
        [
            [
                name, f"{speed:,.0f}", f"{cpu:.0f}", f"{peak:.0f}", f"{busy:.0%}",
                f"{speed / script[0]:.2f}", f"{cpu / script[1]:.2f}",
            ]
            for name, (speed, cpu, peak, busy) in results.items()
        ],
    )
    report.table(["part or ceiling", "rows/s", "CPU µs/row"], measure_ceilings(bench))
    if absent:
        report.text(f"Not measured, for they are not installed: {', '.join(absent)}.")
    report.table(
        ["bar", "measured", "wanted", ""],
        [
            ["rows/s to the script", f"{own[0] / script[0]:.2f}", "≥ 2.5", verdict(own[0] / script[0], 2.5, True)],
            ["CPU a row to the script", f"{own[1] / script[1]:.2f}", "≤ 0.55", verdict(own[1] / script[1], 0.55)],
        ],
    )




"""What a large ledger costs: runs that find nothing to do, reports, checks of the input."""

import os
import random
import time

import measure
from measure import median
from tables import verdict


def fill(bench, rows):
    """A ledger in which all rows of the input are linked, made by a run once; and what that run cost."""
    source, ledger = bench.input(rows), bench.path(f"{rows}.sqlite")
    if os.path.exists(ledger):
        return source, ledger, None
    with bench.server() as server:
        relink = bench.relink
        cost = measure.run(relink.rows(source, ledger, server.url, 64), env=relink.environment(server.url))
        return source, ledger, cost


def rerun(bench, source, ledger):
    """A run over rows that are linked: no call may leave."""
    with bench.server() as server:
        relink = bench.relink
        cost = measure.run(relink.rows(source, ledger, server.url, 64), env=relink.environment(server.url))
        if server.counts() != (0, 0):
            raise SystemExit("a run over linked rows made calls")
        return cost


def seconds_to_first_call(bench, source, ledger):
    """The time from a run's start to its first call, where the first row of a large input is new."""
    changed = bench.path("changed.csv")
    number = random.SystemRandom().getrandbits(48)
    with open(source, encoding="ascii") as old, open(changed, "w", encoding="ascii") as new:
        new.write(old.readline())
        customer = f"{number >> 16:08x}-{number & 0xFFFF:04x}-4000-8000-000000000000"
        new.write(f"new,{customer},{'x' * 37},access-sandbox-{customer}\n")
        for line in old:
            new.write(line)
    with bench.server() as server:
        relink = bench.relink
        begun = time.monotonic()
        measure.run(
            relink.rows(changed, ledger, server.url, 64, "--limit", "1"),
            env=relink.environment(server.url),
            expected=(0, 4),
        )
        return server.first_call() - begun


def shuffled(bench, source):
    """The same rows in another order."""
    path = bench.path("shuffled.csv")
    with open(source, encoding="ascii") as file:
        head, *lines = file.readlines()
    random.Random(1).shuffle(lines)
    with open(path, "w", encoding="ascii") as file:
        file.writelines([head, *lines])
    return path


def readings(bench, source, ledger):
    """Every command that reads a large input or ledger, by name."""
    relink, output = bench.relink, bench.path("report")
    return {
        "run, nothing to do": lambda: rerun(bench, source, ledger),
        "validate": lambda: measure.run(relink.command("validate", source)),
        "status": lambda: measure.run(relink.command("status", "--ledger", ledger), expected=(0, 1, 2, 3)),
        "report, CSV": lambda: measure.run(
            relink.command("report", "--ledger", ledger, "--format", "csv", "--output", output)
        ),
        "report, HTML": lambda: measure.run(
            relink.command("report", "--ledger", ledger, "--format", "html", "--output", output)
        ),
    }


def measure_part(bench, report):
    rows = bench.most
    source, ledger, filled = fill(bench, rows)
    costs = {name: [] for name in readings(bench, source, ledger)}
    for _ in range(bench.rounds):
        for name, command in readings(bench, source, ledger).items():
            costs[name].append(command())
    costs["run, nothing to do, rows in another order"] = [rerun(bench, shuffled(bench, source), ledger)]
    costs["--help"] = [measure.run(bench.relink.command("--help")) for _ in range(2 * bench.rounds)]
    middle = {
        name: measure.Cost(*(median([getattr(c, part) for c in runs]) for part in ("wall", "cpu", "peak_mib")), 0, "")
        for name, runs in costs.items()
    }
    first = median([seconds_to_first_call(bench, source, ledger) for _ in range(bench.rounds)])
    small = [measure_small(bench) for _ in range(bench.rounds)]
    report.section(f"A ledger of {rows:,} linked rows")
    sizes = [os.path.getsize(path) / 1e6 for path in (source, ledger)]
    report.text(f"The input has {sizes[0]:.0f} MB, the ledger {sizes[1]:.0f} MB.")
    report.table(
        ["command", "seconds", "CPU seconds", "peak MiB"],
        [[name, f"{c.wall:.2f}", f"{c.cpu:.2f}", f"{c.peak_mib:.0f}"] for name, c in middle.items()],
    )
    report_bars(report, rows, source, middle, first, filled, median(small))


def measure_small(bench):
    """The peak of a run over 20,000 new rows."""
    source, ledger = bench.input(20_000), bench.fresh("small.sqlite")
    with bench.server() as server:
        relink = bench.relink
        return measure.run(relink.rows(source, ledger, server.url, 64), env=relink.environment(server.url)).peak_mib


def report_bars(report, rows, source, costs, first, filled, small):
    scale = max(1.0, rows / 1e6)
    speed = os.path.getsize(source) / 1e6 / costs["validate"].wall
    again, table, page = costs["run, nothing to do"], costs["report, CSV"], costs["report, HTML"]
    bars = [
        [
            "run with nothing to do, seconds", f"{again.wall:.2f}", f"≤ {2.5 * scale:.1f}",
            verdict(again.wall, 2.5 * scale),
        ],
        ["its peak, MiB", f"{again.peak_mib:.0f}", f"≤ {100 * scale:.0f}", verdict(again.peak_mib, 100 * scale)],
        ["first call of such a run, seconds", f"{first:.2f}", "≤ 1", verdict(first, 1)],
        ["validate, MB/s", f"{speed:.0f}", "≥ 100", verdict(speed, 100, True)],
        ["report as CSV, seconds", f"{table.wall:.2f}", f"≤ {8 * scale:.0f}", verdict(table.wall, 8 * scale)],
        ["report as HTML, seconds", f"{page.wall:.2f}", f"≤ {10 * scale:.0f}", verdict(page.wall, 10 * scale)],
        ["--help, milliseconds", f"{costs['--help'].wall * 1e3:.0f}", "≤ 50", verdict(costs["--help"].wall, 0.05)],
    ]
    if filled:
        ratio = filled.peak_mib / small
        bars.append(
            [f"peak of the run that links {rows:,}, MiB", f"{filled.peak_mib:.0f}", "≤ 100", verdict(filled.peak_mib, 100)]
        )
        bars.append(["that to the peak at 20,000", f"{ratio:.2f}", "≤ 1.2", verdict(ratio, 1.2)])
    report.table(["bar", "measured", "wanted", ""], bars)

"""What `relink plan` foresees against how long the run then takes."""

import json

import measure
from tables import verdict

# Rows, calls a second to Plaid and to Bond, milliseconds until an answer: limited by Bond, by Plaid, and by Bond with many
# calls on their way at a time.
CASES = [(3_000, "100/s", "60/s", 5), (3_000, "80/s", "200/s", 50), (4_000, "200/s", "150/s", 120)]


def foreseen(bench, source, ledger, server, rates):
    """The seconds a plan tells."""
    command = bench.relink.command("plan", source, "--env", "simulator", "--ledger", ledger, "--json", *rates)
    answer = measure.run(command, env=bench.relink.environment(server.url), expected=(0, 2))
    return find(json.loads(answer.output[answer.output.index("{"):]))


def find(plan):
    return plan["forecast"]["seconds"]


def measure_part(bench, report):
    report.section("The forecast of `plan`")
    table = []
    for rows, plaid, bond, delay_ms in CASES:
        source, ledger = bench.input(rows), bench.fresh("planned.sqlite")
        rates = ("--plaid-rate", plaid, "--bond-rate", bond)
        with bench.server(delay_ms) as server:
            told = foreseen(bench, source, ledger, server, rates)
            command = bench.relink.rows(source, ledger, server.url, 64, *rates)
            real = measure.run(command, env=bench.relink.environment(server.url)).wall
        share = told / real - 1
        table.append(
            [f"{rows:,}, Plaid {plaid}, Bond {bond}, {delay_ms} ms", f"{told:.1f}", f"{real:.1f}", f"{share:+.1%}",
             verdict(abs(share), 0.03)]
        )
    report.table(["rows, rates, latency", "foreseen, s", "real, s", "off by", ""], table)

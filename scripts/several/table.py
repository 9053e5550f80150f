"""Measures 1, 2, 4 and 8 workers on one ledger: rows a second without limits, and how much of a limit they use together.

usage: table.py TOOL [ROWS [SECONDS]]
"""

import os
import random
import shutil
import sys
import tempfile
import time

from crew import Worker, environment, make_input
from servers import Database, Simulator

COUNTS = (1, 2, 4, 8)
# Calls a minute, at each API; the simulator refuses what is more in any minute.
LIMIT = 3_000


class Bench:
    """A server and an input, for one measurement after the other."""

    def __init__(self, tool, folder):
        self.tool, self.folder = tool, folder
        self.database = Database(folder)
        self.schemas = 0

    def run(self, count, path, behaviour, arguments):
        """Lets workers link a whole input, each with all of it; gives the seconds it took and what the simulator says."""
        self.schemas += 1
        schema = f"ledger{self.schemas}"
        self.database.sql(f"CREATE SCHEMA {schema}")
        place = os.path.join(self.folder, schema)
        os.mkdir(place)
        simulator = Simulator(self.tool, place, behaviour)
        url = f"postgresql://relink@/postgres?host={self.database.folder}&options=-csearch_path%3D{schema}"
        # The ledger is there before the clock starts.
        none = os.path.join(place, "none.csv")
        make_input(none, 0, random.Random(0))
        told = environment(simulator.url, url)
        if Worker(0, self.tool, place, told, [none]).start().process.wait() != 0:
            raise RuntimeError("the ledger cannot be made")
        workers = [Worker(number + 1, self.tool, place, told, [path, *arguments]) for number in range(count)]
        begun = time.monotonic()
        try:
            for worker in workers:
                worker.start()
            for worker in workers:
                if worker.process.wait() != 0:
                    raise RuntimeError(worker.errors())
            seconds = time.monotonic() - begun
            counts = simulator.counts()
        finally:
            for worker in workers:
                worker.end()
            simulator.stop()
        attempted = [worker.summary()["rows"]["attempted"] for worker in workers]
        return seconds, counts, attempted


def main():
    tool = os.path.abspath(sys.argv[1])
    rows, seconds = [int(word) for word in sys.argv[2:]] + [4_000, 90][len(sys.argv) - 2:]
    folder = tempfile.mkdtemp(prefix="relink-workers.")
    bench = Bench(tool, folder)
    try:
        measure(bench, folder, rows, seconds)
    finally:
        bench.database.stop()
        shutil.rmtree(folder)


def measure(bench, folder, rows, seconds):
    draw = random.Random(1)
    fast, paced = os.path.join(folder, "fast.csv"), os.path.join(folder, "paced.csv")
    make_input(fast, rows, draw)
    make_input(paced, LIMIT * seconds // 60, draw)
    print("| workers | rows/s without limits | to one | most of any minute's limit used, Plaid | Bond | refused | whole run | rows of each |")
    print("|--:|--:|--:|--:|--:|--:|--:|---|")
    first = None
    for count in COUNTS:
        free = ["--plaid-rate", "unlimited", "--bond-rate", "unlimited", "--settle", "1s"]
        took, counts, _ = bench.run(count, fast, {"plaid_limit": None, "bond_limit": None}, free)
        check(counts, rows)
        speed = rows / took
        first = first or speed
        limited = ["--plaid-rate", f"{LIMIT}/min", "--bond-rate", f"{LIMIT}/min", "--settle", "1s"]
        latency = {"plaid_limit": LIMIT, "bond_limit": LIMIT, "plaid_latency": [0.05, 0.2], "bond_latency": [0.05, 0.3]}
        took, counts, attempted = bench.run(count, paced, latency, limited)
        check(counts, LIMIT * seconds // 60)
        calls = counts["calls"]
        most = [calls[api]["max_accepted_in_60s"] / LIMIT for api in ("plaid", "bond")]
        refused = sum(calls[api]["rate_limited"] for api in calls)
        whole = seconds / took
        print(
            f"| {count} | {speed:.0f} | {speed / first:.2f} | {most[0]:.1%} | {most[1]:.1%} | {refused} | {whole:.1%} | "
            f"{', '.join(str(number) for number in attempted)} |",
            flush=True,
        )


def check(counts, rows):
    """Nothing that is measured is worth anything if it is wrong."""
    if counts["links_active"] != rows or counts["double_links"]:
        raise RuntimeError(f"{counts}")


if __name__ == "__main__":
    main()

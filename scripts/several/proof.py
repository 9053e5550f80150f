"""Lets workers link the same rows on one ledger while everything around them fails, and has the simulator judge.

usage: proof.py TOOL [WORKERS [ROWS [SEED]]]
"""

import os
import random
import shutil
import sys
import tempfile
import time

from crew import Worker, environment, make_input
from servers import Database, Simulator, Way

LEASE = 4
# What goes wrong, and how often of ten times.
FAULTS = {"worker killed": 4, "server killed": 1, "connection cut": 2, "network stalls": 1.5, "worker stands still": 1.5}


class Weather:
    """Draws what goes wrong next."""

    def __init__(self, draw, workers, ways, database):
        self.draw, self.workers, self.ways, self.database = draw, workers, ways, database
        self.happened = {fault: 0 for fault in FAULTS}
        self.stalls = []

    def strike(self):
        fault = self.draw.choices(list(FAULTS), FAULTS.values())[0]
        number = self.draw.randrange(len(self.workers))
        worker, way = self.workers[number], self.ways[number]
        if worker.process.poll() is not None or worker.stopped_until:
            return
        self.happened[fault] += 1
        if fault == "worker killed":
            worker.kill()
        elif fault == "server killed":
            self.database.kill()
        elif fault == "connection cut":
            way.cut()
        elif fault == "network stalls":
            # Half of them for longer than a lease lasts.
            way.stall()
            self.stalls.append((time.monotonic() + self.draw.uniform(0.5, 2 * LEASE), way))
        else:
            worker.stand_still(self.draw.uniform(0.5, 3 * LEASE))

    def pass_by(self):
        """Lets through again what has been stalled long enough."""
        now = time.monotonic()
        for end, way in self.stalls:
            if now >= end:
                way.resume()
        self.stalls = [stall for stall in self.stalls if now < stall[0]]


def prove(tool, folder, count, rows, seed):
    draw = random.Random(seed)
    database = Database(folder)
    simulator = Simulator(
        tool, folder, {"plaid_limit": None, "bond_limit": None, "plaid_latency": [0.01, 0.05], "bond_latency": [0.02, 0.3]}
    )
    path = os.path.join(folder, "rows.csv")
    lines = make_input(path, rows, draw)
    ways = [Way(database, os.path.join(folder, f"way{number}")) for number in range(count)]
    arguments = [
        path, "--plaid-rate", "unlimited", "--bond-rate", "unlimited", "--settle", "1s", "--timeout", "3s",
        "--lease", f"{LEASE}s", "--concurrency", "8",
    ]
    begun = time.monotonic()
    workers = [
        Worker(
            number, tool, folder,
            environment(simulator.url, f"postgresql://relink@/postgres?host={way.folder}"), arguments,
        )
        for number, way in enumerate(ways)
    ]
    # Listing is proven by a link that was there before.
    first = os.path.join(folder, "first.csv")
    make_input(first, 1, draw, prefix="first")
    starter = Worker(count, tool, folder, workers[0].environment, [first, "--settle", "1s"]).start()
    if starter.process.wait() != 0:
        raise RuntimeError(starter.errors())
    weather = Weather(draw, workers, ways, database)
    try:
        for worker in workers:
            worker.start()
        watch(workers, weather, simulator, rows)
        return Outcome(database, simulator, workers, weather, rows + 1, time.monotonic() - begun)
    finally:
        for worker in workers:
            worker.end()
        simulator.stop()
        database.stop()


def watch(workers, weather, simulator, rows):
    """Has things go wrong until nothing is left to do, and waits until all workers have ended well."""
    draw = weather.draw
    begun = time.monotonic()
    done = set()
    next_strike = time.monotonic() + 1
    while len(done) < len(workers):
        time.sleep(0.05)
        weather.pass_by()
        done |= {number for number, worker in enumerate(workers) if number not in done and worker.look()}
        linked = simulator.counts()["links_active"]
        if time.monotonic() >= next_strike and linked < rows and not done:
            weather.strike()
            next_strike = time.monotonic() + draw.uniform(0.3, 2)
        if time.monotonic() - begun > 1500:
            raise RuntimeError(f"not done after 1500 s: {linked} links, {[worker.codes for worker in workers]}")


class Outcome:
    """What the simulator and the ledger say in the end."""

    def __init__(self, database, simulator, workers, weather, rows, seconds):
        counts = simulator.counts()
        self.rows, self.seconds, self.weather = rows, seconds, weather
        self.lost = rows - counts["links_active"]
        self.double = counts["double_links"]
        self.posts = counts["calls"]["bond"]["by_status"].get("201", 0)
        self.minted = counts["tokens_minted"]
        states = database.sql("SELECT state, count(*) FROM links GROUP BY state ORDER BY state").split()
        self.states = ", ".join(state.replace("|", " ") for state in states)
        self.recovered = database.sql("SELECT count(*) FROM links WHERE evidence = 'listed'")
        self.crashed = database.sql("SELECT count(*) FROM attempts WHERE call = 'post' AND result = 'crashed'")
        self.runs = database.sql("SELECT count(*) FROM runs")
        self.left = database.sql("SELECT (SELECT count(*) FROM workers) + (SELECT count(*) FROM claims)")
        codes = [code for worker in workers for code in worker.codes]
        self.codes = ", ".join(f"{code} {codes.count(code)} times" for code in sorted(set(codes)))
        self.oddities = [oddity for worker in workers for oddity in worker.oddities]

    @property
    def is_good(self):
        return (
            self.lost == 0 and self.double == 0 and self.states == f"linked {self.rows}" and not self.oddities
        )

    def __str__(self):
        happened = ", ".join(f"{fault} {times}" for fault, times in self.weather.happened.items())
        return (
            f"{self.rows} rows, {self.runs} runs, {self.seconds:.0f} s: lost {self.lost}, double {self.double}; "
            f"ledger: {self.states}; POSTs answered 201: {self.posts}; in doubt after a death: {self.crashed}, "
            f"found in Bond's list: {self.recovered}\n  {happened}\n  exit codes: {self.codes}; "
            f"workers and claims that the next run will take over: {self.left}" + "".join(f"\n  {oddity}" for oddity in self.oddities)
        )


def main():
    tool = os.path.abspath(sys.argv[1])
    count, rows, seed = ([int(word) for word in sys.argv[2:]] + [4, 20_000, 1][len(sys.argv) - 2:])
    folder = tempfile.mkdtemp(prefix="relink-workers.")
    print(f"{count} workers, {rows} rows, seed {seed}")
    outcome = prove(tool, folder, count, rows, seed)
    print(outcome)
    if outcome.is_good:
        shutil.rmtree(folder)
        return 0
    print(f"what they said is in {folder}")
    return 1


if __name__ == "__main__":
    sys.exit(main())

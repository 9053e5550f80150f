"""Measures relink against what its users would take instead, and how its cost grows; writes a table of each.

usage: bench.py PROGRAM FOLDER REPORT [--only PART ...] [--rounds N] [--rows N] [--most N]
"""

import argparse
import os
import platform
import subprocess
import time

import contestants
import forecast
import growth
import inputs
import ledgers
import peers
import server
from tables import Report

PARTS = {
    "peers": peers.measure_part,
    "ledgers": ledgers.measure_part,
    "growth": growth.measure_sizes,
    "concurrency": growth.measure_concurrency,
    "forecast": forecast.measure_part,
}


class Bench:
    """What every part works with."""

    def __init__(self, options):
        self.folder, self.rounds, self.rows, self.most = options.folder, options.rounds, options.rows, options.most
        self.relink = contestants.Relink(options.program)
        self.pieces = os.path.join(os.path.dirname(options.program), "micro-benchmarks")
        self.responder = server.build(options.folder)

    def server(self, delay_ms=0.0):
        return server.Server(self.responder, delay_ms)

    def input(self, rows):
        """A file of so many rows; made once, for a million take a while."""
        path = self.path(f"{rows}.csv")
        return path if os.path.exists(path) else inputs.write(path, rows)

    def path(self, name):
        return os.path.join(self.folder, name)

    def here(self, name):
        """The path of a file that belongs to the benchmark."""
        return os.path.join(contestants.HERE, name)

    def fresh(self, name):
        """The path of a file that is not there."""
        path = self.path(name)
        for ending in ("", "-wal", "-shm", ".lock", ".control"):
            if os.path.exists(path + ending):
                os.remove(path + ending)
        return path


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.machine()


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "folder", "report"):
        parser.add_argument(name)
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--most", type=int, default=1_000_000)
    options = parser.parse_args()
    options.program, options.folder = os.path.abspath(options.program), os.path.abspath(options.folder)
    os.makedirs(options.folder, exist_ok=True)
    version = subprocess.run([options.program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    report = Report(options.report)
    report.title(f"Benchmark of relink {version}, {time.strftime('%Y-%m-%d')}")
    report.text(f"{processor()}, {platform.system()}; all programs and servers on this machine, medians of all rounds.")
    bench = Bench(options)
    for part in options.only or PARTS:
        PARTS[part](bench, report)
        report.save()


main()

"""Runs programs and measures what they cost: time by the clock, of processors, and the peak of resident memory."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Cost:
    """What one run of a program took."""

    wall: float
    cpu: float
    peak_mib: float
    exit_code: int
    output: str


def run(command, env=None, expected=(0,)):
    """Runs a command to its end; one that fails ends the benchmark with what it said.

    A process starts with the peak of memory of the one that starts it, so a small one does that.
    """
    launcher = [sys.executable, "-I", os.path.abspath(__file__), *(str(word) for word in command)]
    done = subprocess.run(launcher, stdin=subprocess.DEVNULL, capture_output=True, env={**os.environ, **(env or {})})
    text = done.stdout.decode(errors="replace")
    wall, cpu, peak, code = json.loads(done.stderr)
    if code not in expected:
        raise SystemExit(f"{' '.join(map(str, command))}\nended with {code}:\n{text[-3000:]}")
    return Cost(wall, cpu, peak, code, text)


def launch(command):
    """Runs a command, and tells what it took on standard error."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.STDOUT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    cost = (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))
    print(json.dumps(cost), file=sys.stderr)


def processor_time(pid):
    """The seconds of processors a process has used so far."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


if __name__ == "__main__":
    launch(sys.argv[1:])

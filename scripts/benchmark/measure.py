"""Runs programs and measures what they cost: time by the clock, of processors, and the peak of resident memory."""

import os
import subprocess
import tempfile
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
    """Runs a command to its end; one that fails ends the benchmark with what it said."""
    with tempfile.TemporaryFile() as output:
        begun = time.monotonic()
        process = subprocess.Popen(
            [str(word) for word in command], stdout=output, stderr=output, stdin=subprocess.DEVNULL,
            env={**os.environ, **(env or {})},
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        output.seek(0)
        text = output.read().decode(errors="replace")
    code = os.waitstatus_to_exitcode(status)
    if code not in expected:
        raise SystemExit(f"{' '.join(map(str, command))}\nended with {code}:\n{text[-3000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, code, text)


def processor_time(pid):
    """The seconds of processors a process has used so far."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2

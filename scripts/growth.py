"""Runs relink over small and large inputs and compares its peak of resident memory."""

import os
import subprocess
import sys
import tempfile

HEADER = b"customer_id,account_id,access_token\n"
TOKEN = b"access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6"
# What the larger input may need besides: pages of the ledger and of the allocator, not rows.
ROOM = 24


def rows(count, account):
    yield HEADER
    for number in range(count):
        yield b"owner-%d,%s,%s\n" % (number, account, TOKEN)


def long_line(megabytes):
    yield HEADER
    for _ in range(megabytes):
        yield b"x" * (1 << 20)


def peak(tool, folder, lines, *options):
    """The peak in MiB and the exit code of a run over these lines, with a ledger of its own."""
    path = os.path.join(folder, "in.csv")
    with open(path, "wb") as file:
        file.writelines(lines)
    ledger = os.path.join(tempfile.mkdtemp(dir=folder), "relink.sqlite")
    command = [tool, "run", path, "--env", "simulator", "--ledger", ledger, "--quiet", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return usage.ru_maxrss // 1024, os.waitstatus_to_exitcode(status)


def main(tool):
    with tempfile.TemporaryDirectory() as folder:
        exclusions = os.path.join(folder, "exclude.csv")
        with open(exclusions, "w", encoding="utf-8") as file:
            file.write("account_id\nout\n")
        cases = [
            ("invalid rows", lambda count: rows(count, b""), (), 1),
            ("rows left out", lambda count: rows(count, b"out"), ("--exclude", exclusions), 0),
        ]
        failed = False
        for name, make, options, expected in cases:
            small, large = (peak(tool, folder, make(count), *options) for count in (20_000, 200_000))
            fine = small[1] == large[1] == expected and large[0] <= small[0] + ROOM
            failed = failed or not fine
            print(f"{name}: 20,000 {small[0]} MiB, 200,000 {large[0]} MiB, exit {large[1]}: {'ok' if fine else 'GROWS'}")
        base, line = (peak(tool, folder, long_line(size)) for size in (2, 256))
        fine = base[1] == line[1] and line[0] <= base[0] + ROOM
        print(f"one long line: 2 MiB {base[0]} MiB, 256 MiB {line[0]} MiB, exit {line[1]}: {'ok' if fine else 'GROWS'}")
        return 1 if failed or not fine else 0


sys.exit(main(os.path.abspath(sys.argv[1])))

"""Workers on one ledger: `relink run` processes that are started again when they are killed."""

import json
import os
import random
import signal
import subprocess
import time
import uuid

HEADER = "reference,customer_id,account_id,access_token\n"
# The simulator's own, which `relink simulate` prints.
CREDENTIALS = {
    "PLAID_CLIENT_ID": "5eed0000c11e9700005eed00", "PLAID_SECRET": "5eed00005ec4e700005eed00005eed",
    "BOND_IDENTITY": "5eed0000-1de9-4717-8000-00005eed0000",
    "BOND_AUTHORIZATION": "simulator-authorization-5eed0000",
}


def make_input(path, rows, draw, prefix="row"):
    """Rows of nearly as many customers: one in ten has an account more."""
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    customers = []
    lines = []
    for number in range(rows):
        if not customers or draw.random() >= 0.1:
            customers.append(uuid.UUID(int=draw.getrandbits(128), version=4))
        account = "".join(draw.choices(letters, k=37))
        token = uuid.UUID(int=draw.getrandbits(128), version=4)
        owner = customers[-1] if draw.random() < 0.5 else draw.choice(customers)
        lines.append(f"{prefix}-{number},{owner},{account},access-sandbox-{token}\n")
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADER + "".join(lines))
    return lines


# Ends that a supervisor starts it again after: try again later, and killed.
EXPECTED = (75, -signal.SIGKILL)


class Worker:
    """One `relink run`, with its own way to the ledger's server."""

    def __init__(self, number, tool, folder, environment, arguments):
        self.folder = os.path.join(folder, f"worker{number}")
        os.makedirs(self.folder, exist_ok=True)
        self.command = [tool, "run", *arguments, "--json", "--quiet"]
        self.environment = environment
        self.starts = 0
        self.codes = []
        self.oddities = []
        self.stopped_until = 0.0
        self.started_again = 0.0
        self.process = None

    def start(self):
        self.starts += 1
        log = os.path.join(self.folder, f"{self.starts}")
        with open(log + ".out", "wb") as output, open(log + ".err", "wb") as errors:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=self.environment, stdout=output, stderr=errors
            )
        return self

    def errors(self):
        with open(os.path.join(self.folder, f"{self.starts}.err"), encoding="utf-8") as text:
            return text.read()

    def summary(self):
        with open(os.path.join(self.folder, f"{self.starts}.out"), encoding="utf-8") as text:
            lines = text.read()
        return json.loads(lines) if lines else None

    def end(self):
        """Ends it where it has not ended by itself."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def kill(self):
        self.process.kill()

    def stand_still(self, seconds):
        self.process.send_signal(signal.SIGSTOP)
        self.stopped_until = time.monotonic() + seconds

    def look(self):
        """Goes on after standing still, and starts again after a death; says whether it is done."""
        if self.stopped_until and time.monotonic() >= self.stopped_until:
            self.process.send_signal(signal.SIGCONT)
            self.stopped_until = 0.0
        if self.started_again and time.monotonic() >= self.started_again:
            self.started_again = 0.0
            self.start()
        code = self.process.poll()
        if code is None or self.started_again:
            return False
        self.stopped_until = 0.0
        self.codes.append(code)
        if code == 0:
            return True
        if code not in EXPECTED:
            self.oddities.append(f"{code}: {self.errors().strip()}")
        # As a supervisor does.
        self.started_again = time.monotonic() + 0.5
        return False


def environment(url, ledger, extra=None):
    """What a worker is told: the simulator's standard credentials, and where the ledger is."""
    result = {
        "PATH": os.environ["PATH"], "RELINK_ENV": "sandbox", "PLAID_BASE_URL": url, "BOND_BASE_URL": url,
        "RELINK_LEDGER": ledger, **CREDENTIALS,
    }
    result.update(extra or {})
    return result


def seeded(seed):
    return random.Random(seed)

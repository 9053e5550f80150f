"""Who is compared: relink, and what its users would take instead."""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "peers")
PYTHON_PACKAGES = ["aiohttp", "uvloop", "plaid-python"]
DEBIAN_PACKAGES = {"go": "golang", "parallel": "parallel", "wrk": "wrk", "sqlite3": "sqlite3", "curl": "curl"}
KEYS = {
    "PLAID_CLIENT_ID": "bench",
    "PLAID_SECRET": "bench-secret",
    "BOND_IDENTITY": "bench",
    "BOND_AUTHORIZATION": "bench-secret",
}


def missing_programs():
    """The Debian packages of programs that are not there."""
    return [package for program, package in DEBIAN_PACKAGES.items() if not shutil.which(program)]


def python_with_packages(folder):
    """A Python of the benchmark's own with the packages the scripts need."""
    home = os.path.join(folder, "python")
    python = os.path.join(home, "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PYTHON_PACKAGES], check=True)
    return python


class Relink:
    """The program itself, built as `scripts/install` builds it."""

    name = "relink"

    def __init__(self, program):
        self.program = program

    def command(self, *words):
        return [self.program, *words]

    def rows(self, source, ledger, url, concurrency, *options):
        """A run whose rates are not limited: what is measured is the program and not the waiting."""
        limits = options if "--plaid-rate" in options else (
            "--plaid-rate", "unlimited", "--bond-rate", "unlimited", *options
        )
        return self.command(
            "run", source, "--env", "simulator", "--ledger", ledger, "--concurrency", str(concurrency), "--quiet",
            *limits,
        )

    def environment(self, url):
        return {**KEYS, "PLAID_BASE_URL": url, "BOND_BASE_URL": url}


class Peer:
    """A program that takes INPUT LEDGER URL CONCURRENCY."""

    def __init__(self, name, words, share=1.0):
        self.name, self.words = name, words
        # Slow ones get fewer rows; what is compared is the cost of one.
        self.share = share

    def rows(self, source, ledger, url, concurrency):
        return [*self.words, source, ledger, url, str(concurrency)]

    def environment(self, url):
        return {}


def peers(folder):
    """All peers that can be had here."""
    found = []
    python = python_with_packages(folder)
    found.append(Peer("Python: aiohttp, uvloop, sqlite3", [python, os.path.join(PEERS, "aiohttp_peer.py")]))
    found.append(Peer("Python: plaid-python, threads", [python, os.path.join(PEERS, "plaid_peer.py")], share=0.1))
    if shutil.which("go"):
        program = os.path.join(folder, "go-peer")
        subprocess.run(
            ["go", "build", "-o", program, "."], cwd=os.path.join(PEERS, "go"), check=True,
            env={**os.environ, "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local"},
        )
        found.append(Peer("Go: net/http, synced file", [program]))
    if shutil.which("parallel") and shutil.which("curl"):
        found.append(
            Peer("GNU parallel, curl, job log", ["bash", os.path.join(PEERS, "parallel_peer.sh")], share=0.015)
        )
    return found

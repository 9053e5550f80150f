"""The server both APIs are played by: a C program that is compiled on the spot."""

import os
import subprocess
import urllib.request

from measure import processor_time

HERE = os.path.dirname(os.path.abspath(__file__))


def build(folder):
    """Compiles the responder and gives its path."""
    program = os.path.join(folder, "responder")
    subprocess.run(["cc", "-O2", "-o", program, os.path.join(HERE, "responder.c")], check=True)
    return program


class Server:
    """A responder on a port of its own, for the time of a `with`."""

    def __init__(self, program, delay_ms=0.0):
        self.command = [program, str(int(delay_ms * 1000))]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def counts(self):
        """The calls that were answered: mints and links."""
        with urllib.request.urlopen(self.url + "/counts") as answer:
            return tuple(int(number) for number in answer.read().split())

    def first_call(self):
        """When the first mint was asked for, by the monotonic clock; waits for it."""
        return float(self.process.stdout.readline())

    def cpu(self):
        return processor_time(self.process.pid)

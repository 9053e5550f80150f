"""What workers run against: a PostgreSQL server, a way to it that can be cut, and the simulator."""

import asyncio
import glob
import json
import os
import signal
import subprocess
import threading
import time
import urllib.request


def _as_user():
    """PostgreSQL does not run as root."""
    if os.getuid() != 0:
        return []
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]


def _program(name):
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    return found[-1] if found else name


class Database:
    """A server with everything durable, that comes back when it is killed."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "postgres")
        os.mkdir(self.folder)
        os.chmod(folder, 0o755)
        if os.getuid() == 0:
            subprocess.run(["chown", "postgres", self.folder], check=True)
        self.log = open(os.path.join(folder, "postgres.log"), "ab")
        self.data = os.path.join(self.folder, "data")
        self.ended = False
        self.kills = 0
        subprocess.run(
            [*_as_user(), _program("initdb"), "-D", self.data, "-A", "trust", "-U", "relink", "-E", "UTF8"],
            check=True, stdout=subprocess.DEVNULL, cwd="/",
        )
        self._start()
        threading.Thread(target=self._supervise, daemon=True).start()
        self._wait()

    def _start(self):
        self.process = subprocess.Popen(
            [*_as_user(), _program("postgres"), "-D", self.data, "-k", self.folder, "-c", "listen_addresses="],
            stdout=self.log, stderr=self.log, cwd="/",
        )

    def _supervise(self):
        while not self.ended:
            self.process.wait()
            if not self.ended:
                time.sleep(0.2)
                self._start()

    def _wait(self):
        for _ in range(300):
            if subprocess.run([_program("pg_isready"), "-q", "-h", self.folder], check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("the PostgreSQL server does not start")

    def kill(self):
        self.kills += 1
        self.process.kill()

    def sql(self, statement):
        command = ["psql", "-XAtq", "-h", self.folder, "-U", "relink", "postgres", "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def stop(self):
        self.ended = True
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


class Way:
    """A worker's own way to the server: it can be cut, or stand still so that nobody hears of anybody."""

    def __init__(self, database, folder):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        self.target = os.path.join(database.folder, ".s.PGSQL.5432")
        self.loop = asyncio.new_event_loop()
        self.writers = set()
        self.open = asyncio.Event()
        self.open.set()
        ready = threading.Event()
        threading.Thread(target=self._serve, args=(ready,), daemon=True).start()
        ready.wait()

    def _serve(self, ready):
        asyncio.set_event_loop(self.loop)
        path = os.path.join(self.folder, ".s.PGSQL.5432")
        self.loop.run_until_complete(asyncio.start_unix_server(self._connect, path))
        ready.set()
        self.loop.run_forever()

    async def _connect(self, reader, writer):
        try:
            await self.open.wait()
            far_reader, far_writer = await asyncio.open_unix_connection(self.target)
        except OSError:
            writer.close()
            return
        self.writers |= {writer, far_writer}
        await asyncio.gather(self._relay(reader, far_writer), self._relay(far_reader, writer))
        self.writers -= {writer, far_writer}

    async def _relay(self, reader, writer):
        try:
            while data := await reader.read(1 << 16):
                await self.open.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    def cut(self):
        """Ends all connections, in the middle of whatever they are saying."""
        self.loop.call_soon_threadsafe(lambda: [writer.transport.abort() for writer in list(self.writers)])

    def stall(self):
        """Lets nothing through until `resume`."""
        self.loop.call_soon_threadsafe(self.open.clear)

    def resume(self):
        self.loop.call_soon_threadsafe(self.open.set)


class Simulator:
    """Both APIs, and their own record of what was done to them."""

    def __init__(self, tool, folder, behaviour):
        file = os.path.join(folder, "behaviour.json")
        with open(file, "w", encoding="utf-8") as output:
            json.dump(behaviour, output)
        ready = os.path.join(folder, "ready")
        self.process = subprocess.Popen(
            [tool, "simulate", "--port", "0", "--ready-file", ready, "--behaviour", file],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        while not os.path.exists(ready) or not os.path.getsize(ready):
            time.sleep(0.05)
        with open(ready, encoding="utf-8") as text:
            self.url = text.read().strip()

    def counts(self):
        with urllib.request.urlopen(self.url + "/admin/counts") as answer:
            return json.load(answer)

    def stop(self):
        self.process.kill()
        self.process.wait()

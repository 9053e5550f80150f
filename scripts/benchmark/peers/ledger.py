"""The ledger of the Python peers: SQLite in WAL with FULL, and commits that many rows share."""

import csv
import queue
import sqlite3
import threading

SCHEMA = """
CREATE TABLE IF NOT EXISTS links (
    customer_id TEXT NOT NULL, account_id TEXT NOT NULL, state TEXT NOT NULL, processor_token TEXT,
    linked_account_id TEXT, PRIMARY KEY (customer_id, account_id)) WITHOUT ROWID
"""
INTENT = """
INSERT INTO links (customer_id, account_id, state, processor_token) VALUES (?, ?, 'posting', ?)
ON CONFLICT DO UPDATE SET state = 'posting', processor_token = excluded.processor_token
"""
OUTCOME = """
UPDATE links SET state = 'linked', processor_token = NULL, linked_account_id = ? WHERE customer_id = ? AND account_id = ?
"""


class Ledger:
    """One thread that commits what has come in since its last commit, and then calls back."""

    def __init__(self, path):
        self.work = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._commit_all, args=(path,), daemon=True)
        self.thread.start()

    def intend(self, row, token, done):
        self.work.put((INTENT, (row["customer_id"], row["account_id"], token), done))

    def link(self, row, linked, done):
        self.work.put((OUTCOME, (linked, row["customer_id"], row["account_id"]), done))

    def close(self):
        self.work.put(None)
        self.thread.join()

    def _commit_all(self, path):
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(SCHEMA)
        while (batch := self._next()) is not None:
            database.execute("BEGIN IMMEDIATE")
            for sql, values, _ in batch:
                database.execute(sql, values)
            database.execute("COMMIT")
            for _, _, done in batch:
                done()
        database.close()

    def _next(self):
        batch = [self.work.get()]
        while not self.work.empty():
            batch.append(self.work.get())
        if None not in batch:
            return batch
        rest = [item for item in batch if item is not None]
        if rest:
            self.work.put(None)
        return rest or None


def linked_rows(path):
    """The rows that an earlier run linked."""
    database = sqlite3.connect(path)
    database.execute(SCHEMA)
    rows = set(database.execute("SELECT customer_id, account_id FROM links WHERE state = 'linked'"))
    database.close()
    return rows


def rows(path, finished):
    """The rows of the input that are not finished, one after the other."""
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (row["customer_id"], row["account_id"]) not in finished:
                yield row

"""The script that a good engineer writes in an afternoon: aiohttp, uvloop, SQLite with group commit.

usage: aiohttp_peer.py INPUT LEDGER BASE_URL CONCURRENCY
"""

import asyncio
import sys

import aiohttp
import uvloop

from ledger import Ledger, linked_rows, rows

PLAID = {"PLAID-CLIENT-ID": "bench", "PLAID-SECRET": "bench-secret", "Plaid-Version": "2020-09-14"}
BOND = {"Identity": "bench", "Authorization": "bench-secret"}


def durable(add, row, value):
    """Hands a change to the ledger's thread; the future ends when it is on the disk."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    add(row, value, lambda: loop.call_soon_threadsafe(future.set_result, None))
    return future


async def take(row, session, ledger, base):
    mint = {"access_token": row["access_token"], "account_id": row["account_id"], "processor": "bond"}
    async with session.post(base + "/processor/token/create", json=mint, headers=PLAID) as answer:
        answer.raise_for_status()
        token = (await answer.json())["processor_token"]
    await durable(ledger.intend, row, token)
    link = {"processor_token": token, "customer_id": row["customer_id"]}
    async with session.post(base + "/api/v0.1/accounts/processor_tokens", json=link, headers=BOND) as answer:
        answer.raise_for_status()
        linked = (await answer.json())["linked_account_id"]
    await durable(ledger.link, row, linked)


async def main(source, path, base, concurrency):
    todo = rows(source, linked_rows(path))
    ledger = Ledger(path)

    async def work(session):
        for row in todo:
            await take(row, session, ledger, base)

    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency), timeout=timeout) as session:
        await asyncio.gather(*(work(session) for _ in range(concurrency)))
    ledger.close()


uvloop.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))

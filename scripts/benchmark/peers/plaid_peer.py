"""The official plaid-python for Plaid, its own HTTP library for Bond, and a pool of threads.

usage: plaid_peer.py INPUT LEDGER BASE_URL CONCURRENCY
"""

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import plaid
import urllib3
from plaid.api import plaid_api
from plaid.model.processor_token_create_request import ProcessorTokenCreateRequest

from ledger import Ledger, linked_rows, rows

BOND = {"Identity": "bench", "Authorization": "bench-secret", "Content-Type": "application/json"}


def durable(add, row, value):
    done = threading.Event()
    add(row, value, done.set)
    done.wait()


def main(source, path, base, concurrency):
    configuration = plaid.Configuration(host=base, api_key={"clientId": "bench", "secret": "bench-secret"})
    configuration.connection_pool_maxsize = concurrency
    client = plaid_api.PlaidApi(plaid.ApiClient(configuration))
    bond = urllib3.PoolManager(maxsize=concurrency)
    todo, turn = rows(source, linked_rows(path)), threading.Lock()
    ledger = Ledger(path)

    def take(row):
        request = ProcessorTokenCreateRequest(
            access_token=row["access_token"], account_id=row["account_id"], processor="bond"
        )
        token = client.processor_token_create(request)["processor_token"]
        durable(ledger.intend, row, token)
        body = json.dumps({"processor_token": token, "customer_id": row["customer_id"]})
        answer = bond.request("POST", base + "/api/v0.1/accounts/processor_tokens", body=body, headers=BOND)
        if answer.status != 201:
            raise SystemExit(f"Bond answered {answer.status}")
        durable(ledger.link, row, json.loads(answer.data)["linked_account_id"])

    def work():
        while True:
            with turn:
                row = next(todo, None)
            if row is None:
                return
            take(row)

    with ThreadPoolExecutor(concurrency) as pool:
        for future in [pool.submit(work) for _ in range(concurrency)]:
            future.result()
    ledger.close()


main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))

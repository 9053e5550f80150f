"""Writes inputs as brands have them: random ids, so that no index of a ledger is filled in order."""

import random
import uuid

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def write(path, rows, seed=1):
    """Writes a CSV file of so many rows, each with a customer, an account and an access token of its own."""
    draw = random.Random(seed)
    with open(path, "w", encoding="ascii") as file:
        file.write("reference,customer_id,account_id,access_token\n")
        for number in range(rows):
            customer, token = (uuid.UUID(int=draw.getrandbits(128), version=4) for _ in range(2))
            account = "".join(draw.choices(LETTERS, k=37))
            file.write(f"acct-{number:08d},{customer},{account},access-sandbox-{token}\n")
    return path

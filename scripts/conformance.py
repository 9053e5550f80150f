"""The checks of scripts/conformance: Plaid through its official client, Bond through urllib."""

import datetime
import json
import sys
import urllib.error
import urllib.request

import plaid
from plaid.api import plaid_api
from plaid.model.accounts_get_request import AccountsGetRequest
from plaid.model.country_code import CountryCode
from plaid.model.depository_account_subtype import DepositoryAccountSubtype
from plaid.model.depository_account_subtypes import DepositoryAccountSubtypes
from plaid.model.depository_filter import DepositoryFilter
from plaid.model.item_get_request import ItemGetRequest
from plaid.model.item_public_token_exchange_request import ItemPublicTokenExchangeRequest
from plaid.model.link_token_account_filters import LinkTokenAccountFilters
from plaid.model.link_token_create_request import LinkTokenCreateRequest
from plaid.model.link_token_create_request_user import LinkTokenCreateRequestUser
from plaid.model.processor_token_create_request import ProcessorTokenCreateRequest
from plaid.model.products import Products
from plaid.model.sandbox_public_token_create_request import SandboxPublicTokenCreateRequest

URL = sys.argv[1]
CLIENT_ID, SECRET = "5eed0000c11e9700005eed00", "5eed00005ec4e700005eed00005eed"
IDENTITY, AUTHORIZATION = "5eed0000-1de9-4717-8000-00005eed0000", "simulator-authorization-5eed0000"
CUSTOMER = "e3dbc230-eba2-482a-95b9-791f5386e4b0"
ENVELOPE = {
    "display_message", "documentation_url", "error_code", "error_message", "error_type", "request_id",
    "suggested_action",
}
passed = failed = 0


def check(name, fact):
    global passed, failed
    passed, failed = passed + bool(fact), failed + (not fact)
    if not fact:
        print(f"FAILED {name}")


def client(secret=SECRET, keys=True):
    api_key = {"clientId": CLIENT_ID, "secret": secret, "plaidVersion": "2020-09-14"}
    configuration = plaid.Configuration(host=URL, **({"api_key": api_key} if keys else {}))
    return plaid_api.PlaidApi(plaid.ApiClient(configuration))


def error(name, call, status, code, message=""):
    """Checks that the official client raises that error, with the whole envelope in its body."""
    try:
        call()
        check(name, False)
    except plaid.ApiException as raised:
        body = json.loads(raised.body)
        check(f"{name}: status {raised.status}", raised.status == status)
        check(f"{name}: {body['error_code']}", body["error_code"] == code)
        check(f"{name}: {body['error_message']}", message in body["error_message"])
        check(f"{name}: envelope", set(body) == ENVELOPE)


def magic(digits, row=1):
    return f"access-sandbox-{digits:08d}-face-4000-8000-{row:012d}"


def mint(token, account="account", api=None, **more):
    request = ProcessorTokenCreateRequest(access_token=token, account_id=account, processor="bond", **more)
    return (api or client()).processor_token_create(request)


def admin(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{URL}/admin/{path}", data=data)) as answer:
        return json.load(answer)


def bond(method, path, body=None, authorization=AUTHORIZATION):
    headers = {"Identity": IDENTITY, "Authorization": authorization, "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{URL}/api/{path}", data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as answer:
        return answer.code, json.load(answer)


def plaid_successes():
    api = client()
    products = [Products("auth")]
    made = api.sandbox_public_token_create(
        SandboxPublicTokenCreateRequest(institution_id="ins_109508", initial_products=products))
    check("public token", made["public_token"].startswith("public-sandbox-"))
    exchanged = api.item_public_token_exchange(ItemPublicTokenExchangeRequest(public_token=made["public_token"]))
    token = exchanged["access_token"]
    check("access token", token.startswith("access-sandbox-"))

    item = api.item_get(ItemGetRequest(access_token=token))
    check("item id", item["item"]["item_id"] == exchanged["item_id"])
    check("item error is null", item["item"]["error"] is None)
    check("item products", str(item["item"]["billed_products"][0]) == "auth")

    accounts = api.accounts_get(AccountsGetRequest(access_token=token))["accounts"]
    check("accounts", [str(a["subtype"]) for a in accounts] == ["checking", "savings"])
    check("account type", type(accounts[0]).__name__ == "AccountBase" and str(accounts[0]["type"]) == "depository")
    check("balances", accounts[0]["balances"]["iso_currency_code"] == "USD")

    response = mint(token, accounts[0]["account_id"])
    check("processor token type", type(response).__name__ == "ProcessorTokenCreateResponse")
    check("processor token", response["processor_token"].startswith("processor-sandbox-"))
    check("request id", isinstance(response["request_id"], str) and response["request_id"])
    check("another token each time", mint(token)["processor_token"] != mint(token)["processor_token"])
    body_keys = mint(token, api=client(keys=False), client_id=CLIENT_ID, secret=SECRET)
    check("credentials in the body", body_keys["processor_token"])
    return token


def link_tokens(token):
    request = dict(
        client_name="Plaid Test App", country_codes=[CountryCode("US")], language="en",
        user=LinkTokenCreateRequestUser(client_user_id="u-1"))
    whole = client().link_token_create(LinkTokenCreateRequest(
        products=[Products("auth")], redirect_uri="https://domainname.com/oauth-page.html",
        webhook="https://sample-webhook-uri.com", link_customization_name="default",
        account_filters=LinkTokenAccountFilters(depository=DepositoryFilter(
            account_subtypes=DepositoryAccountSubtypes([DepositoryAccountSubtype("checking")]))), **request))
    check("link token", whole["link_token"].startswith("link-sandbox-"))
    check("expiration is a date", isinstance(whole["expiration"], datetime.datetime))
    update = client().link_token_create(LinkTokenCreateRequest(access_token=token, **request))
    check("update mode expires sooner", update["expiration"] < whole["expiration"])


def plaid_errors():
    error("wrong keys", lambda: mint(magic(0), api=client("wrong")), 400, "INVALID_API_KEYS")
    error("malformed token", lambda: mint("access-sandbox-1"), 400, "INVALID_ACCESS_TOKEN", "invalid format")
    production = magic(0).replace("sandbox", "production")
    error("wrong environment", lambda: mint(production), 400, "INVALID_ACCESS_TOKEN", "wrong Plaid environment")
    error("unknown token", lambda: mint(magic(1031_0000)), 400, "INVALID_ACCESS_TOKEN", "could not find")
    error("login required", lambda: mint(magic(1011_0000)), 400, "ITEM_LOGIN_REQUIRED")
    broken = client().item_get(ItemGetRequest(access_token=magic(1011_0000)))
    check("error inside the item", broken["item"]["error"]["error_code"] == "ITEM_LOGIN_REQUIRED")
    error(
        "login required for accounts", lambda: client().accounts_get(AccountsGetRequest(access_token=magic(1011_0000))),
        400, "ITEM_LOGIN_REQUIRED")
    error("not integrated", lambda: mint(magic(1030_0000)), 400, "INVALID_PRODUCT", "not enabled for the Bond integration")
    error("used public token", lambda: client().item_public_token_exchange(
        ItemPublicTokenExchangeRequest(public_token="public-sandbox-used")), 400, "INVALID_PUBLIC_TOKEN")
    error("empty account", lambda: mint(magic(0), ""), 400, "MISSING_FIELDS", "account_id")
    error("an answer that happens once", lambda: mint(magic(1101_0000)), 429, "RATE_LIMIT")
    check("and then no more", mint(magic(1101_0000))["processor_token"])
    admin("faults", {"plaid_limit": 1})
    error("rate limit", lambda: mint(magic(0)), 429, "RATE_LIMIT", "rate limit exceeded")
    admin("faults", {"plaid_limit": 500})


def bond_calls():
    token = mint(magic(0))["processor_token"]
    body = {"processor_token": token, "customer_id": CUSTOMER}
    status, linked = bond("POST", "v0.1/accounts/processor_tokens", body)
    check("linked", status == 201 and linked["account_id"] == linked["linked_account_id"])
    check("nine members", len(linked) == 9 and linked["customer_id"] == CUSTOMER)
    check("created", datetime.datetime.fromisoformat(linked["date_created"]).utcoffset() == datetime.timedelta())
    status, listed = bond("GET", f"v0/accounts/{CUSTOMER}/external_accounts")
    check("listed", status == 200 and [e["linked_account_id"] for e in listed] == [linked["linked_account_id"]])
    check("list date", listed[0]["date_created"][10] == " " and listed[0]["date_created"].endswith("-08"))
    refused = {"processor_token": mint(magic(2001))["processor_token"], "customer_id": CUSTOMER}
    status, body = bond("POST", "v0.1/accounts/processor_tokens", refused)
    check("identity failure", (status, body["Code"]) == (400, "account_post_schema") and "identity" in body["Message"])
    status, body = bond("GET", f"v0/accounts/{CUSTOMER}/external_accounts", authorization=f"Bearer {AUTHORIZATION}")
    check("no bearer", status == 401 and set(body) == {"Message", "Status", "Code", "Type"})
    counts = admin("counts")
    check("counts", counts["links_active"] == 1 and counts["double_links"] == 0)


link_tokens(plaid_successes())
plaid_errors()
bond_calls()
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)

#!/usr/bin/env bash
# What an operator types: GNU parallel, curl, and the job log as ledger.
#
# usage: parallel_peer.sh INPUT JOBLOG BASE_URL CONCURRENCY
set -euo pipefail
export base="$3"

take() {
    local token
    token=$(curl -sf "$base/processor/token/create" -H 'Content-Type: application/json' -H 'PLAID-CLIENT-ID: bench' \
        -H 'PLAID-SECRET: bench-secret' -d "{\"access_token\":\"$4\",\"account_id\":\"$3\",\"processor\":\"bond\"}")
    token=${token#*\"processor_token\":\"}
    curl -sf "$base/api/v0.1/accounts/processor_tokens" -H 'Content-Type: application/json' -H 'Identity: bench' \
        -H 'Authorization: bench-secret' -d "{\"processor_token\":\"${token%%\"*}\",\"customer_id\":\"$2\"}"
}
export -f take
tail -n +2 "$1" | parallel --will-cite --colsep , --joblog "$2" -j "$4" take {1} {2} {3} {4} >/dev/null

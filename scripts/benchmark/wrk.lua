-- Both calls of a row in turn, with nothing done about the answers.
local mint = wrk.format("POST", "/processor/token/create", { ["Content-Type"] = "application/json" },
    '{"access_token":"access-sandbox-00000000-0000-4000-8000-000000000000","account_id":"x","processor":"bond"}')
local link = wrk.format("POST", "/api/v0.1/accounts/processor_tokens", { ["Content-Type"] = "application/json" },
    '{"processor_token":"processor-sandbox-00000000-0000-4000-8000-000000000000","customer_id":"x"}')
local turn = 0

function request()
    turn = turn + 1
    return turn % 2 == 1 and mint or link
end

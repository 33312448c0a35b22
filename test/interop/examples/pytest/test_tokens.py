"""Run: s2-token-contract mock -- pytest"""

import asyncio
import os

import pytest
from s2_sdk import S2, AccessTokenScope, Endpoints, Operation, S2ServerError


def connect() -> S2:
    origin = os.environ["S2_ACCOUNT_ENDPOINT"]
    return S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints(account=origin, basin=origin))


def test_a_new_token_is_listed() -> None:
    async def run() -> list[str]:
        async with connect() as client:
            await client.issue_access_token("ci/pytest", scope=AccessTokenScope(ops=[Operation.READ]))
            return [info.id async for info in client.list_all_access_tokens(prefix="ci/")]

    assert asyncio.run(run()) == ["ci/pytest"]


def test_an_id_cannot_be_taken_twice() -> None:
    async def run() -> None:
        async with connect() as client:
            for _ in range(2):
                await client.issue_access_token("twice", scope=AccessTokenScope(ops=[Operation.READ]))

    with pytest.raises(S2ServerError) as caught:
        asyncio.run(run())
    assert caught.value.code == "resource_already_exists"

"""Runs one scenario of test/interop/scenarios.ts with the official Python client.

Prints a line for each call: what came back, or which error was raised.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone

from s2_sdk import (
    S2,
    AccessTokenInfo,
    AccessTokenScope,
    Compression,
    Endpoints,
    Operation,
    S2ServerError,
)

READ = AccessTokenScope(ops=[Operation.READ])


def connect(compression: Compression = Compression.NONE) -> S2:
    origin = os.environ["S2_ACCOUNT_ENDPOINT"]
    return S2(
        os.environ["S2_ACCESS_TOKEN"],
        endpoints=Endpoints(account=origin, basin=origin),
        compression=compression,
    )


async def call(name: str, run: Callable[[], Awaitable[str]]) -> None:
    try:
        print(name, await run())
    except S2ServerError as error:
        print(name, "server", error.status_code, error.code)
    except Exception as error:
        print(name, "client", type(error).__name__, str(error).split("\n")[0])


def shown(info: AccessTokenInfo) -> str:
    if info.expires_at is None:
        return f"{info.id} never"
    return f"{info.id} {info.expires_at.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


async def page(client: S2, **arguments: object) -> str:
    found = await client.list_access_tokens(**arguments)
    return f"{','.join(info.id for info in found.items)} more={str(found.has_more).lower()}"


async def walk(client: S2) -> str:
    return ",".join([info.id async for info in client.list_all_access_tokens()])


async def expiries(client: S2) -> str:
    return ", ".join(shown(info) for info in (await client.list_access_tokens()).items)


async def issue(client: S2, id: str, expires_at: datetime | None = None) -> str:
    secret = await client.issue_access_token(id, scope=READ, expires_at=expires_at)
    return "secret" if secret else "no secret"


async def revoke(client: S2, id: str) -> str:
    await client.revoke_access_token(id)
    return "ok"


async def scenario(name: str, client: S2) -> None:
    match name:
        case "page-boundary":
            await call("list", lambda: page(client, limit=2))
            await call("list", lambda: page(client, start_after="b", limit=2))
            await call("list", lambda: page(client, limit=3))
            await call("walk", lambda: walk(client))
        case "expiry":
            soon = datetime(2027, 1, 1, tzinfo=timezone.utc)
            past = datetime(2020, 1, 1, tzinfo=timezone.utc)
            await call("issue", lambda: issue(client, "dated", soon))
            await call("issue", lambda: issue(client, "endless"))
            await call("list", lambda: expiries(client))
            await call("issue", lambda: issue(client, "late", past))
        case "expired" | "missing-permission":
            await call("list", lambda: page(client))
            await call("issue", lambda: issue(client, "other"))
            await call("revoke", lambda: revoke(client, "other"))
        case "taken-id" | "issue-500-after-commit" | "issue-503":
            await call("issue", lambda: issue(client, "taken"))
        case "unknown-operation":
            await call("list", lambda: page(client))
        case "list-503":
            await call("list", lambda: page(client))
        case "dot-ids":
            for id in ("..", "."):
                await call("revoke", lambda id=id: revoke(client, id))
                await call("issue", lambda id=id: issue(client, id))
            await call("revoke", lambda: revoke(client, ""))
            await call("revoke", lambda: revoke(client, "a/b"))
        case "gzip" | "zstd":
            await call("issue", lambda: issue(client, name))
            await call("list", lambda: page(client))
        case _:
            raise SystemExit(f"no scenario {name}")


async def main(name: str) -> None:
    compression = {"gzip": Compression.GZIP, "zstd": Compression.ZSTD}
    client = connect(compression.get(name, Compression.NONE))
    try:
        await scenario(name, client)
    finally:
        await client.close()


asyncio.run(main(sys.argv[1]))

"""The snippet of S2's page on access tokens, for Python: the official client speaks only HTTP/2, here without TLS."""

import asyncio
import os
from datetime import datetime, timezone

from s2_sdk import (
    S2,
    AccessTokenScope,
    Endpoints,
    OperationGroupPermissions,
    Permission,
    PrefixMatch,
)


async def main() -> None:
    url = os.environ["S2_ACCOUNT_ENDPOINT"]
    endpoints = Endpoints(account=url, basin=url)
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=endpoints) as client:
        await client.list_access_tokens()
        await client.issue_access_token(
            "user-1234-rw-token",
            scope=AccessTokenScope(
                basins=PrefixMatch(""),
                streams=PrefixMatch("users/1234/"),
                op_groups=OperationGroupPermissions(stream=Permission.READ_WRITE),
            ),
            expires_at=datetime(2027, 1, 1, tzinfo=timezone.utc),
        )
        await client.revoke_access_token("user-1234-rw-token")


asyncio.run(main())

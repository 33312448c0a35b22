"""The calls of S2's page on access tokens, by the official Python client, against the mock.

Package: s2-sdk. It speaks HTTP/2 with prior knowledge only, and takes an origin, without a path.
"""

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
    origin = os.environ["S2_ACCOUNT_ENDPOINT"]
    client = S2(
        os.environ["S2_ACCESS_TOKEN"],
        endpoints=Endpoints(account=origin, basin=origin),
    )
    try:
        # List tokens (returns metadata, not the secret)
        tokens = await client.list_access_tokens()
        print("listed", len(tokens.items))

        # Issue a token scoped to streams under "users/1234/"
        issued_token = await client.issue_access_token(
            "user-1234-rw-token",
            scope=AccessTokenScope(
                basins=PrefixMatch(""),  # all basins
                streams=PrefixMatch("users/1234/"),
                op_groups=OperationGroupPermissions(
                    stream=Permission.READ_WRITE,
                ),
            ),
            expires_at=datetime(2027, 1, 1, tzinfo=timezone.utc),
        )
        print("issued", len(issued_token) > 0)

        # Revoke a token
        await client.revoke_access_token("user-1234-rw-token")
        print("revoked")
    finally:
        await client.close()


asyncio.run(main())

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
        # region list_access_tokens
        # List tokens (returns metadata, not the secret)
        tokens = await client.list_access_tokens()
        # endregion
        print("listed", len(tokens.items))

        # region issue_access_token
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
        # endregion
        print("issued", str(len(issued_token) > 0).lower())

        # region revoke_access_token
        # Revoke a token
        await client.revoke_access_token("user-1234-rw-token")
        # endregion
        print("revoked")
    finally:
        await client.close()


asyncio.run(main())

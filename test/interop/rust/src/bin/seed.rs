//! The calls of S2's page on access tokens, by the official Rust client, against the mock.

use s2_sdk::{
    S2,
    types::{
        AccessTokenScopeInput, AccountEndpoint, BasinEndpoint, BasinMatcher, IssueAccessTokenInput,
        OperationGroupPermissions, ReadWritePermissions, S2Config, S2Endpoints, StreamMatcher,
    },
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let origin = std::env::var("S2_ACCOUNT_ENDPOINT")?;
    let endpoints = S2Endpoints::new(AccountEndpoint::new(&origin)?, BasinEndpoint::new(&origin)?)?;
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?).with_endpoints(endpoints);
    let client = S2::new(config)?;

    // #region list_access_tokens
    // List tokens (returns metadata, not the secret)
    let tokens = client.list_access_tokens(Default::default()).await?;
    // #endregion
    println!("listed {}", tokens.values.len());

    // #region issue_access_token
    // Issue a token scoped to streams under "users/1234/"
    let result = client
        .issue_access_token(
            IssueAccessTokenInput::new(
                "user-1234-rw-token".parse()?,
                AccessTokenScopeInput::from_op_group_perms(
                    OperationGroupPermissions::new()
                        .with_stream(ReadWritePermissions::read_write()),
                )
                .with_basins(BasinMatcher::Prefix("".parse()?)) // all basins
                .with_streams(StreamMatcher::Prefix("users/1234/".parse()?)),
            )
            .with_expires_at("2027-01-01T00:00:00Z".parse()?),
        )
        .await?;
    // #endregion
    println!("issued {}", !result.is_empty());

    // #region revoke_access_token
    // Revoke a token
    client
        .revoke_access_token("user-1234-rw-token".parse()?)
        .await?;
    // #endregion
    println!("revoked");
    Ok(())
}

//! The snippet of S2's page on access tokens, for Rust.

use s2_sdk::{
    S2,
    types::{
        AccessTokenScopeInput, BasinMatcher, IssueAccessTokenInput, OperationGroupPermissions,
        ReadWritePermissions, S2Config, S2Endpoints, StreamMatcher,
    },
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::var("S2_ACCOUNT_ENDPOINT")?;
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?)
        .with_endpoints(S2Endpoints::for_endpoint(url.as_str())?);
    let client = S2::new(config)?;

    client.list_access_tokens(Default::default()).await?;
    client
        .issue_access_token(
            IssueAccessTokenInput::new(
                "user-1234-rw-token".parse()?,
                AccessTokenScopeInput::from_op_group_perms(
                    OperationGroupPermissions::new()
                        .with_stream(ReadWritePermissions::read_write()),
                )
                .with_basins(BasinMatcher::Prefix("".parse()?))
                .with_streams(StreamMatcher::Prefix("users/1234/".parse()?)),
            )
            .with_expires_at("2027-01-01T00:00:00Z".parse()?),
        )
        .await?;
    client
        .revoke_access_token("user-1234-rw-token".parse()?)
        .await?;
    Ok(())
}

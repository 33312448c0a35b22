//! A program that manages access tokens, for the tests in `tests/`.

use futures_util::TryStreamExt;
use s2_sdk::{
    S2,
    error::RequestError,
    types::{AccountEndpoint, BasinEndpoint, ListAllAccessTokensInput, S2Config, S2Endpoints},
};

/// Connects to the endpoint that the environment names.
pub fn connect() -> Result<S2, Box<dyn std::error::Error>> {
    let origin = std::env::var("S2_ACCOUNT_ENDPOINT")?;
    let endpoints = S2Endpoints::new(AccountEndpoint::new(&origin)?, BasinEndpoint::new(&origin)?)?;
    let token = std::env::var("S2_ACCESS_TOKEN")?;
    Ok(S2::new(S2Config::new(token).with_endpoints(endpoints))?)
}

/// The ids of all tokens that begin with a prefix.
pub async fn ids(client: &S2, prefix: &str) -> Result<Vec<String>, RequestError> {
    let prefix = prefix.parse()?;
    let input = ListAllAccessTokensInput::new().with_prefix(prefix);
    client
        .list_all_access_tokens(input)
        .map_ok(|info| info.id.to_string())
        .try_collect()
        .await
}

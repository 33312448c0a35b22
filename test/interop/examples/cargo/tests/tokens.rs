//! Run: s2-token-contract mock -- cargo test

use s2_sdk::types::{AccessTokenScopeInput, IssueAccessTokenInput, Operation};

#[tokio::test]
async fn a_new_token_is_listed() -> Result<(), Box<dyn std::error::Error>> {
    let client = example::connect()?;
    let scope = AccessTokenScopeInput::from_ops([Operation::Read]);
    let input = IssueAccessTokenInput::new("ci/cargo".parse()?, scope);
    client.issue_access_token(input).await?;
    assert_eq!(example::ids(&client, "ci/").await?, ["ci/cargo"]);
    client.revoke_access_token("ci/cargo".parse()?).await?;
    assert!(example::ids(&client, "ci/").await?.is_empty());
    Ok(())
}

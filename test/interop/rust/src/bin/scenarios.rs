//! Runs one scenario of test/interop/scenarios.ts with the official Rust client.
//!
//! Prints a line for each call: what came back, or which error was returned.

use std::error::Error;

use futures_util::TryStreamExt;
use s2_sdk::{
    S2,
    error::RequestError,
    types::{
        AccessTokenId, AccessTokenScopeInput, AccountEndpoint, BasinEndpoint, Compression,
        IssueAccessTokenInput, ListAccessTokensInput, ListAllAccessTokensInput, Operation,
        S2Config, S2DateTime, S2Endpoints,
    },
};

type Outcome = Result<String, Box<dyn Error>>;

fn report(name: &str, outcome: Outcome) {
    match outcome {
        Ok(result) => println!("{name} {result}"),
        Err(error) => match error.downcast_ref::<RequestError>() {
            Some(RequestError::Server(error)) => {
                println!("{name} server {} {}", error.status.as_u16(), error.code)
            }
            _ => {
                let message = error.to_string();
                println!(
                    "{name} client {}",
                    message.lines().next().unwrap_or_default()
                )
            }
        },
    }
}

async fn page(client: &S2, input: ListAccessTokensInput) -> Outcome {
    let found = client.list_access_tokens(input).await?;
    let ids: Vec<String> = found
        .values
        .iter()
        .map(|info| info.id.to_string())
        .collect();
    Ok(format!("{} more={}", ids.join(","), found.has_more))
}

async fn walk(client: &S2) -> Outcome {
    let tokens: Vec<_> = client
        .list_all_access_tokens(ListAllAccessTokensInput::new())
        .try_collect()
        .await?;
    let ids: Vec<String> = tokens.iter().map(|info| info.id.to_string()).collect();
    Ok(ids.join(","))
}

async fn expiries(client: &S2) -> Outcome {
    let found = client.list_access_tokens(Default::default()).await?;
    let shown: Vec<String> = found
        .values
        .iter()
        .map(|info| match info.expires_at {
            Some(at) => format!("{} {at}", info.id),
            None => format!("{} never", info.id),
        })
        .collect();
    Ok(shown.join(", "))
}

async fn issue(client: &S2, id: &str, expires_at: Option<S2DateTime>) -> Outcome {
    let id: AccessTokenId = id.parse()?;
    let input = IssueAccessTokenInput::new(id, AccessTokenScopeInput::from_ops([Operation::Read]));
    let input = match expires_at {
        Some(at) => input.with_expires_at(at),
        None => input,
    };
    let secret = client.issue_access_token(input).await?;
    Ok(if secret.is_empty() {
        "no secret"
    } else {
        "secret"
    }
    .to_string())
}

async fn revoke(client: &S2, id: &str) -> Outcome {
    client.revoke_access_token(id.parse()?).await?;
    Ok("ok".to_string())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).ok_or("name a scenario")?;
    let compression = match name.as_str() {
        "gzip" => Compression::Gzip,
        "zstd" => Compression::Zstd,
        _ => Compression::None,
    };
    let origin = std::env::var("S2_ACCOUNT_ENDPOINT")?;
    let endpoints = S2Endpoints::new(AccountEndpoint::new(&origin)?, BasinEndpoint::new(&origin)?)?;
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?)
        .with_endpoints(endpoints)
        .with_compression(compression);
    let client = S2::new(config)?;
    let input = ListAccessTokensInput::new;
    match name.as_str() {
        "page-boundary" => {
            report("list", page(&client, input().with_limit(2)).await);
            let next = input().with_start_after("b".parse()?).with_limit(2);
            report("list", page(&client, next).await);
            report("list", page(&client, input().with_limit(3)).await);
            report("walk", walk(&client).await);
        }
        "expiry" => {
            let soon = "2027-01-01T00:00:00Z".parse()?;
            let past = "2020-01-01T00:00:00Z".parse()?;
            report("issue", issue(&client, "dated", Some(soon)).await);
            report("issue", issue(&client, "endless", None).await);
            report("list", expiries(&client).await);
            report("issue", issue(&client, "late", Some(past)).await);
        }
        "expired" | "missing-permission" => {
            report("list", page(&client, input()).await);
            report("issue", issue(&client, "other", None).await);
            report("revoke", revoke(&client, "other").await);
        }
        "taken-id" | "issue-500-after-commit" | "issue-503" => {
            report("issue", issue(&client, "taken", None).await);
        }
        "unknown-operation" | "list-503" => report("list", page(&client, input()).await),
        "dot-ids" => {
            for id in ["..", "."] {
                report("revoke", revoke(&client, id).await);
                report("issue", issue(&client, id, None).await);
            }
            report("revoke", revoke(&client, "").await);
            report("revoke", revoke(&client, "a/b").await);
        }
        "gzip" | "zstd" => {
            report("issue", issue(&client, &name, None).await);
            report("list", page(&client, input()).await);
        }
        _ => return Err(format!("no scenario {name}").into()),
    }
    Ok(())
}

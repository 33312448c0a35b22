import type { PageSettings } from "./settings.js";

/** A program that lists tokens, in one language. */
export interface Snippet {
  readonly language: string;
  readonly text: string;
}

/** How to call the mock, ready to paste. */
export function snippets({ endpoint, basePath, rootToken }: PageSettings): readonly Snippet[] {
  const url = `${endpoint}${basePath}/access-tokens`;
  return [
    { language: "curl", text: `curl -H "Authorization: Bearer ${rootToken}" \\\n  ${url}` },
    {
      language: "TypeScript",
      text: `import { S2 } from "s2-token-contract";

const client = new S2({
  accessToken: "${rootToken}",
  endpoint: "${endpoint}",
});
console.log(await client.accessTokens.list());`,
    },
    {
      language: "Python",
      text: `import json
import urllib.request

request = urllib.request.Request(
    "${url}",
    headers={"Authorization": "Bearer ${rootToken}"},
)
with urllib.request.urlopen(request) as response:
    print(json.load(response))`,
    },
    {
      language: "Go",
      text: `package main

import (
	"fmt"
	"io"
	"net/http"
)

func main() {
	request, _ := http.NewRequest("GET", "${url}", nil)
	request.Header.Set("Authorization", "Bearer ${rootToken}")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	fmt.Println(response.Status, string(body))
}`,
    },
    {
      language: "Rust",
      text: `// cargo add reqwest --features blocking
fn main() -> Result<(), reqwest::Error> {
    let response = reqwest::blocking::Client::new()
        .get("${url}")
        .bearer_auth("${rootToken}")
        .send()?;
    println!("{} {}", response.status(), response.text()?);
    Ok(())
}`,
    },
  ];
}

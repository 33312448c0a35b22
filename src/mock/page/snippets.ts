import type { PageSettings } from "./settings.js";

/** A program in one language that lists tokens. */
export interface Snippet {
  readonly language: string;
  readonly text: string;
}

/** Programs that call the mock, ready to paste. */
export function snippets(settings: PageSettings): readonly Snippet[] {
  const { endpoint, basePath, rootToken, first } = settings;
  const request = first ?? {
    method: "GET",
    target: `${basePath}/access-tokens`,
    headers: { authorization: `Bearer ${rootToken}` },
    body: undefined,
  };
  const call: Call = {
    method: request.method,
    url: endpoint + request.target,
    headers: Object.entries(request.headers),
    body: request.body,
  };
  return [
    { language: "curl", text: curl(call) },
    { language: "TypeScript", text: first === undefined ? ownClient(settings) : fetching(call) },
    { language: "Python", text: python(call) },
    { language: "Go", text: go(call) },
    { language: "Rust", text: rust(call) },
  ];
}

interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | undefined;
}

/** A string literal of any of the languages below: JSON's escapes are theirs, too. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A word of a shell. */
function word(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function curl({ method, url, headers, body }: Call): string {
  const parts = [
    `curl${method === "GET" ? "" : ` -X ${method}`}`,
    ...headers.map(([name, value]) => `-H ${word(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${word(body)}`]),
    word(url),
  ];
  return parts.join(" \\\n  ");
}

function ownClient({ endpoint, rootToken }: PageSettings): string {
  return `import { S2 } from "s2-token-contract";

const client = new S2({
  accessToken: ${quoted(rootToken)},
  endpoint: ${quoted(endpoint)},
});
console.log(await client.accessTokens.list());`;
}

function fetching({ method, url, headers, body }: Call): string {
  const lines = [
    ...(method === "GET" ? [] : [`  method: ${quoted(method)},`]),
    ...(headers.length === 0 ? [] : [`  headers: ${object(headers, "  ")},`]),
    ...(body === undefined ? [] : [`  body: ${quoted(body)},`]),
  ];
  const options = lines.length === 0 ? "" : `, {\n${lines.join("\n")}\n}`;
  return `const response = await fetch(${quoted(url)}${options});
console.log(response.status, await response.text());`;
}

function object(pairs: Call["headers"], indent: string): string {
  const inner = pairs.map(([name, value]) => `${indent}  ${quoted(name)}: ${quoted(value)},\n`);
  return `{\n${inner.join("")}${indent}}`;
}

function python({ method, url, headers, body }: Call): string {
  return `import urllib.request

request = urllib.request.Request(
    ${quoted(url)},
    method=${quoted(method)},
    headers=${object(headers, "    ")},${body === undefined ? "" : `\n    data=${quoted(body)}.encode(),`}
)
with urllib.request.urlopen(request) as response:
    print(response.status, response.read().decode())`;
}

function go({ method, url, headers, body }: Call): string {
  const data = body === undefined ? "nil" : `strings.NewReader(${quoted(body)})`;
  const set = headers.map(
    ([name, value]) => `\trequest.Header.Set(${quoted(name)}, ${quoted(value)})\n`,
  );
  return `package main

import (
	"fmt"
	"io"
	"net/http"${body === undefined ? "" : '\n\t"strings"'}
)

func main() {
	request, _ := http.NewRequest(${quoted(method)}, ${quoted(url)}, ${data})
${set.join("")}	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	fmt.Println(response.Status, string(body))
}`;
}

function rust({ method, url, headers, body }: Call): string {
  const set = headers.map(
    ([name, value]) => `\n        .header(${quoted(name)}, ${quoted(value)})`,
  );
  return `// cargo add reqwest --features blocking
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let response = reqwest::blocking::Client::new()
        .request(${quoted(method)}.parse()?, ${quoted(url)})${set.join("")}${body === undefined ? "" : `\n        .body(${quoted(body)})`}
        .send()?;
    println!("{} {}", response.status(), response.text()?);
    Ok(())
}`;
}

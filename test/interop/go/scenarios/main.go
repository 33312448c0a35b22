// Runs one scenario of test/interop/scenarios.ts with the official Go client.
//
// Prints a line for each call: what came back, or which error was returned.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func call(name string, result string, err error) {
	var known *s2.S2Error
	switch {
	case err == nil:
		fmt.Println(name, result)
	case errors.As(err, &known) && known.Origin == "server":
		fmt.Println(name, "server", known.Status, known.Code)
	default:
		fmt.Println(name, "client", strings.Split(err.Error(), "\n")[0])
	}
}

type scenario struct {
	ctx    context.Context
	client *s2.Client
}

func (s scenario) page(args *s2.ListAccessTokensArgs) {
	found, err := s.client.AccessTokens.List(s.ctx, args)
	result := ""
	if err == nil {
		ids := []string{}
		for _, info := range found.AccessTokens {
			ids = append(ids, string(info.ID))
		}
		result = fmt.Sprintf("%s more=%t", strings.Join(ids, ","), found.HasMore)
	}
	call("list", result, err)
}

func (s scenario) walk() {
	ids := []string{}
	tokens := s.client.AccessTokens.Iter(s.ctx, nil)
	for tokens.Next() {
		ids = append(ids, string(tokens.Value().ID))
	}
	call("walk", strings.Join(ids, ","), tokens.Err())
}

func (s scenario) expiries() {
	found, err := s.client.AccessTokens.List(s.ctx, nil)
	shown := []string{}
	if err == nil {
		for _, info := range found.AccessTokens {
			expiry := "never"
			if info.ExpiresAt != nil {
				expiry = info.ExpiresAt.UTC().Format("2006-01-02T15:04:05Z")
			}
			shown = append(shown, fmt.Sprintf("%s %s", info.ID, expiry))
		}
	}
	call("list", strings.Join(shown, ", "), err)
}

func (s scenario) issue(id string, expiresAt *time.Time) {
	issued, err := s.client.AccessTokens.Issue(s.ctx, s2.IssueAccessTokenArgs{
		ID:        s2.AccessTokenID(id),
		Scope:     s2.AccessTokenScope{Ops: []string{"read"}},
		ExpiresAt: expiresAt,
	})
	result := "no secret"
	if err == nil && issued.AccessToken != "" {
		result = "secret"
	}
	call("issue", result, err)
}

func (s scenario) revoke(id string) {
	err := s.client.AccessTokens.Revoke(s.ctx, s2.RevokeAccessTokenArgs{ID: s2.AccessTokenID(id)})
	call("revoke", "ok", err)
}

func limit(count int) *int { return &count }

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	name := os.Args[1]
	compression := s2.CompressionNone
	switch name {
	case "gzip":
		compression = s2.CompressionGzip
	case "zstd":
		compression = s2.CompressionZstd
	}
	s := scenario{ctx: ctx, client: s2.New(os.Getenv("S2_ACCESS_TOKEN"), &s2.ClientOptions{
		BaseURL:     os.Getenv("S2_ACCOUNT_ENDPOINT"),
		Compression: compression,
	})}
	switch name {
	case "page-boundary":
		s.page(&s2.ListAccessTokensArgs{Limit: limit(2)})
		s.page(&s2.ListAccessTokensArgs{StartAfter: "b", Limit: limit(2)})
		s.page(&s2.ListAccessTokensArgs{Limit: limit(3)})
		s.walk()
	case "expiry":
		soon := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
		past := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
		s.issue("dated", &soon)
		s.issue("endless", nil)
		s.expiries()
		s.issue("late", &past)
	case "expired", "missing-permission":
		s.page(nil)
		s.issue("other", nil)
		s.revoke("other")
	case "taken-id", "issue-500-after-commit", "issue-503":
		s.issue("taken", nil)
	case "unknown-operation", "list-503":
		s.page(nil)
	case "dot-ids":
		for _, id := range []string{"..", "."} {
			s.revoke(id)
			s.issue(id, nil)
		}
		s.revoke("")
		s.revoke("a/b")
	case "gzip", "zstd":
		s.issue(name, nil)
		s.page(nil)
	default:
		log.Fatalf("no scenario %s", name)
	}
}

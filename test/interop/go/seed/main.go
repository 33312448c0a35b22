// The calls of S2's page on access tokens, by the official Go client, against the mock.
//
// The page drops the errors; the runner looks at what the mock saw.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client := s2.New(os.Getenv("S2_ACCESS_TOKEN"), &s2.ClientOptions{
		BaseURL: os.Getenv("S2_ACCOUNT_ENDPOINT"),
	})

	// #region list_access_tokens
	// List tokens (returns metadata, not the secret)
	tokens, _ := client.AccessTokens.List(ctx, nil)
	// #endregion
	fmt.Println("listed", len(tokens.AccessTokens))

	// #region issue_access_token
	// Issue a token scoped to streams under "users/1234/"
	expires := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	result, _ := client.AccessTokens.Issue(ctx, s2.IssueAccessTokenArgs{
		ID: "user-1234-rw-token",
		Scope: s2.AccessTokenScope{
			Basins:  &s2.ResourceSet{Prefix: s2.String("")}, // all basins
			Streams: &s2.ResourceSet{Prefix: s2.String("users/1234/")},
			OpGroups: &s2.PermittedOperationGroups{
				Stream: &s2.ReadWritePermissions{Read: true, Write: true},
			},
		},
		ExpiresAt: &expires,
	})
	// #endregion
	fmt.Println("issued", len(result.AccessToken) > 0)

	// #region revoke_access_token
	// Revoke a token
	client.AccessTokens.Revoke(ctx, s2.RevokeAccessTokenArgs{ID: "user-1234-rw-token"})
	// #endregion
	fmt.Println("revoked")
}

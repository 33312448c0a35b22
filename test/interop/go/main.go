// The snippet of S2's page on access tokens, for Go.
package main

import (
	"context"
	"log"
	"os"
	"time"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func main() {
	ctx := context.Background()
	client := s2.New(os.Getenv("S2_ACCESS_TOKEN"), &s2.ClientOptions{
		BaseURL: os.Getenv("S2_ACCOUNT_ENDPOINT"),
	})

	if _, err := client.AccessTokens.List(ctx, nil); err != nil {
		log.Fatal(err)
	}
	expires := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	_, err := client.AccessTokens.Issue(ctx, s2.IssueAccessTokenArgs{
		ID: "user-1234-rw-token",
		Scope: s2.AccessTokenScope{
			Basins:  &s2.ResourceSet{Prefix: s2.String("")},
			Streams: &s2.ResourceSet{Prefix: s2.String("users/1234/")},
			OpGroups: &s2.PermittedOperationGroups{
				Stream: &s2.ReadWritePermissions{Read: true, Write: true},
			},
		},
		ExpiresAt: &expires,
	})
	if err != nil {
		log.Fatal(err)
	}
	err = client.AccessTokens.Revoke(ctx, s2.RevokeAccessTokenArgs{ID: "user-1234-rw-token"})
	if err != nil {
		log.Fatal(err)
	}
}

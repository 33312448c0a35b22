// Run: s2-token-contract mock -- go test ./...
package tokens

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func connect() *s2.Client {
	return s2.New(os.Getenv("S2_ACCESS_TOKEN"), &s2.ClientOptions{
		BaseURL: os.Getenv("S2_ACCOUNT_ENDPOINT"),
	})
}

func TestANewTokenIsListed(t *testing.T) {
	ctx, client := context.Background(), connect()
	scope := s2.AccessTokenScope{Ops: []string{"read"}}
	if _, err := client.AccessTokens.Issue(ctx, s2.IssueAccessTokenArgs{ID: "ci/go", Scope: scope}); err != nil {
		t.Fatal(err)
	}
	page, err := client.AccessTokens.List(ctx, &s2.ListAccessTokensArgs{Prefix: "ci/"})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.AccessTokens) != 1 || page.AccessTokens[0].ID != "ci/go" {
		t.Fatalf("listed %v", page.AccessTokens)
	}
}

func TestATokenThatIsNotThereCannotBeRevoked(t *testing.T) {
	err := connect().AccessTokens.Revoke(context.Background(), s2.RevokeAccessTokenArgs{ID: "nobody"})
	var refused *s2.S2Error
	if !errors.As(err, &refused) || refused.Code != "access_token_not_found" {
		t.Fatalf("got %v", err)
	}
}

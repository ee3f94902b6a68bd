package cite_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/cite"
)

func TestKnown(t *testing.T) {
	t.Parallel()
	for _, c := range []cite.Clause{
		cite.Core.At("2.5.1.4"), cite.Profiles.At("4.1.4.3"), cite.Metadata.At("2.4.4"), cite.Kantara.At("IIP-SP13"),
		cite.SAML2Int.At("SDP-SP05"), cite.EntraErrors.At("AADSTS50011"), cite.CVE.At("CVE-2017-11428"), cite.Okta.At("Signed Requests"),
		cite.House.At("acs-https"), cite.MetaIOP.At("2.6.1"), cite.Errata.At("E62"),
	} {
		assert.True(t, c.Known(), c)
	}
	for _, c := range []cite.Clause{
		cite.Core.At("2.5.1.9"), cite.Core.At(""), cite.Profiles.At("FILL IN"), cite.Kantara.At("IIP-SP99"), cite.EntraErrors.At("50011"),
		cite.House.At(""), cite.Source{Key: "nobody"}.At("1"),
	} {
		assert.False(t, c.Known(), c)
	}
}

func TestEverySourceHasAnAddress(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range cite.Sources() {
		u, err := url.Parse(s.URL)
		require.NoError(t, err)
		assert.Equal(t, "https", u.Scheme, s.Key)
		assert.NotEmpty(t, s.Title)
		assert.False(t, seen[s.Key], "%s stands twice", s.Key)
		seen[s.Key] = true
	}
	assert.GreaterOrEqual(t, len(seen), 15)
}

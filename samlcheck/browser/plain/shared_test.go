package plain_test

import (
	"testing"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/browsertest"
	"example.com/samepage/samlcheck/browser/plain"
)

func TestLikeEveryBrowser(t *testing.T) {
	t.Parallel()
	browsertest.Run(t, func(_ *testing.T, o browsertest.Options) browser.Browser {
		return plain.New(plain.Options{Transport: o.Transport, IdPHosts: o.IdPHosts, HopTimeout: o.HopTimeout, MaxHops: o.MaxHops})
	}, browsertest.Traits{})
}

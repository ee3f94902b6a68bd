package chromium_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/browsertest"
	"example.com/samepage/samlcheck/browser/chromium"
)

// started is one Chromium, or a skipped test where there is none.
func started(t *testing.T, o chromium.Options) *chromium.Chromium {
	t.Helper()
	c, err := chromium.Start(context.WithoutCancel(t.Context()), o)
	if errors.Is(err, chromium.ErrMissing) {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, c.Close()) })
	return c
}

func TestLikeEveryBrowser(t *testing.T) {
	t.Parallel()
	warm := started(t, chromium.Options{})
	browsertest.Run(t, func(t *testing.T, o browsertest.Options) browser.Browser {
		c := warm
		if o.HopTimeout != 0 || o.MaxHops != 0 {
			c = started(t, chromium.Options{HopTimeout: o.HopTimeout, MaxHops: o.MaxHops, Settle: 10 * time.Second})
		}
		return c.New(chromium.Profile{Transport: o.Transport, IdPHosts: o.IdPHosts})
	}, browsertest.Traits{Scripts: true})
}

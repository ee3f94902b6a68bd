package engine

import (
	"context"
	"time"
)

// Wait waits on a timer, no longer than the context lives. Nothing and less is
// no wait; the error is the context's.
func Wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

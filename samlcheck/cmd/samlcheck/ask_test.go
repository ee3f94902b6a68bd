package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
)

func TestTheTerminalAsks(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	ask := &terminal{in: bufio.NewReader(strings.NewReader("many\n1\n0\nperhaps\nyes\nN\n")), out: &out}
	people := []idp.Person{{Ref: "known", Email: "alice@acme.example"}, {Ref: "fresh-1", Email: "samlcheck-1@acme.example"}}
	listed, err := ask.Listed(t.Context(), people)
	require.NoError(t, err)
	assert.Equal(t, map[string]int{"known": 1, "fresh-1": 0}, listed)
	assert.Contains(t, out.String(), "alice@acme.example: ")
	assert.Contains(t, out.String(), "a number, please")
	done, err := ask.Do(t.Context(), "Invite alice@acme.example.")
	require.NoError(t, err)
	assert.True(t, done)
	done, err = ask.Do(t.Context(), "Invite alice@acme.example.")
	require.NoError(t, err)
	assert.False(t, done)
	_, err = ask.Do(t.Context(), "Invite alice@acme.example.")
	require.ErrorContains(t, err, "closed before")
}

func TestCtrlCAtAQuestion(t *testing.T) {
	t.Parallel()
	silent, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() })
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := (&terminal{in: bufio.NewReader(silent), out: io.Discard}).Do(ctx, "Anything.")
	require.ErrorIs(t, err, context.Canceled)
}

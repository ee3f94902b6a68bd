package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// kills is how many moments are tried; SAMLCHECK_KILLS says another number.
const kills = 20

// built is the program itself: the test's own binary under the program's name.
func built(ctx context.Context, dir string, args ...string) *exec.Cmd {
	self, _ := os.Executable()
	c := exec.CommandContext(ctx, self)
	c.Args, c.Dir = append([]string{"samlcheck"}, args...), dir
	c.Env = append(os.Environ(), "NO_COLOR=1")
	return c
}

// Whenever the program is killed, what it leaves can be read: a whole bundle, or
// remains that say they are remains.
func TestKilledAtAnyMomentItLeavesWhatCanBeRead(t *testing.T) {
	t.Parallel()
	n := kills
	if s := os.Getenv("SAMLCHECK_KILLS"); s != "" {
		var err error
		n, err = strconv.Atoi(s)
		require.NoError(t, err)
	}
	dir := t.TempDir()
	sp, err := samepage.Start(samepage.Options{JIT: samepage.Create})
	require.NoError(t, err)
	t.Cleanup(func() { _ = sp.Close() })
	src := sp.TargetFile(filepath.Join(dir, "keys"), true)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "target.yaml"), []byte(src), 0o600))
	tg, err := target.Parse("target.yaml", []byte(src), os.LookupEnv)
	require.NoError(t, err)
	i, err := suite.IdP("okta", suite.Options{Loaded: tg})
	require.NoError(t, err)
	require.NoError(t, sp.Server.AddIdP(i.Metadata()))

	run := func(ctx context.Context, out string) *exec.Cmd {
		return built(ctx, dir, "run", "-q", "--face", "okta", "--out", out, "response/audience-foreign")
	}
	began := time.Now()
	out, err := run(t.Context(), "whole").CombinedOutput()
	require.True(t, err == nil || exitCode(err) != 2, "%s", out)
	whole := time.Since(began) // only how widely the moments are spread: nothing rests on it
	seed := rand.New(rand.NewPCG(1, uint64(began.UnixNano())))
	partial := 0
	for k := range n {
		place := "killed-" + strconv.Itoa(k)
		at := time.Duration(seed.Float64() * 1.1 * float64(whole))
		ctx, cancel := context.WithTimeout(t.Context(), at) // CommandContext kills with SIGKILL
		_ = run(ctx, place).Run()
		cancel()
		found, err := filepath.Glob(filepath.Join(dir, place, "samlcheck-*"))
		require.NoError(t, err)
		if len(found) == 0 || !begun(found[0]) {
			continue // it had not begun to write
		}
		require.Len(t, found, 1, "after %s", at)
		if strings.HasSuffix(found[0], bundle.Partial) {
			partial++
		} else {
			assert.NoError(t, bundle.Verify(found[0]), "what has its final name is whole")
		}
		text, err := built(t.Context(), dir, "report", found[0], "--format", "json").Output()
		code := exitCode(err)
		assert.Contains(t, []int{0, 1, 3}, code, "after %s: %s: %s", at, found[0], said(err))
		assert.True(t, bytes.Contains(text, []byte("samlcheck.report/v1")), "after %s: %s", at, found[0])
		if strings.HasSuffix(found[0], bundle.Partial) {
			assert.Contains(t, string(text), "never finished", "the remains say what they are")
			assert.NotEqual(t, 0, code, "and are no success")
		}
	}
	t.Logf("%d kills within %s: %d left remains", n, whole, partial)
	assert.Positive(t, partial, "no kill came while it ran: this proves nothing")
}

// begun says whether there is a transcript at all.
func begun(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "transcript.jsonl"))
	return err == nil
}

// said is what a command wrote to standard error.
func said(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return string(exit.Stderr)
	}
	return ""
}

func exitCode(err error) int {
	var exit *exec.ExitError
	if err == nil {
		return 0
	}
	if ok := errors.As(err, &exit); ok {
		return exit.ExitCode()
	}
	return -1
}

//go:build unix

// Bench prints what samlcheck costs, each figure beside a peer that is measured
// in the same run, so that the ratio stands whatever the machine does. It
// measures; nothing is judged by it.
//
//	go run ./scripts/bench -bin bin/samlcheck [-only aggregates] [-out docs/performance.md]
package main

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"syscall"
	"time"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

func main() {
	bin := flag.String("bin", "bin/samlcheck", "the built command")
	out := flag.String("out", "", "the page that carries the table: docs/performance.md")
	only := flag.String("only", "", "only the parts whose name contains this")
	logins := flag.Int("logins", 300, "logins to measure")
	profile := flag.String("profile", "", "write a CPU profile of the measuring process here (with -only login)")
	serve := flag.Bool("sp", false, "be the stand-in in a process of its own (used by bench itself)")
	run := flag.Bool("cost", false, "run the command that follows and say what it took (used by bench itself)")
	flag.Parse()
	debug.SetGCPercent(400) // as the command does
	var err error
	switch {
	case *serve:
		err = standIn()
	case *run:
		err = costOf(flag.Args())
	case *profile != "":
		err = profiled(*profile, func() error { return bench(*bin, *out, *only, *logins) })
	default:
		err = bench(*bin, *out, *only, *logins)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// profiled writes a CPU profile of what is done, for what limits a figure.
func profiled(path string, do func() error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return do()
}

// bench measures part after part. A part that cannot be measured here (a peer is
// missing) says so in its row and stops nothing.
func bench(bin, out, only string, logins int) error {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return err
	}
	ctx := context.Background()
	t := &table{out: os.Stdout}
	for _, p := range []struct {
		name string
		do   func() error
	}{
		{"minting", func() error { return minting(ctx, t) }},
		{"samlp", func() error { return nodeMinting(ctx, t) }},
		{"verification", func() error { return verifying(ctx, t) }},
		{"login", func() error { return logingIn(t, logins) }},
		{"storm", func() error { return storming(ctx, t, max(logins, 400)) }},
		{"aggregates", func() error { return aggregates(ctx, t, bin) }},
		{"recording", func() error { return recording(ctx, t, bin) }},
		{"start-up", func() error { return startUp(ctx, t, bin) }},
		{"experiments", func() error { return experiments(ctx, t) }},
		{"catalogue", func() error { return catalogue(ctx, t) }},
		{"evidence", func() error { return evidence(ctx, t) }},
		{"report", func() error { return page(ctx, t) }},
		{"demo", func() error { return demo(ctx, t, bin) }},
	} {
		if !strings.Contains(p.name, only) {
			continue
		}
		if err := p.do(); err != nil {
			t.missing(p.name, err)
		}
	}
	if out == "" {
		return nil
	}
	return t.write(out)
}

// logingIn is a whole scripted login, in terms of one bare signature.
func logingIn(t *table, logins int) error {
	for _, face := range []string{"okta", "entra"} {
		sign, err := bareSignature(400)
		if err != nil {
			return err
		}
		cpu, err := loginCost(face, logins)
		if err != nil {
			return err
		}
		t.against("login round trip as "+face+", harness only", float64(cpu), float64(sign), micro, "one bare signature", 3)
	}
	return nil
}

// bareSignature is the CPU time of one signature and nothing else.
func bareSignature(n int) (time.Duration, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256([]byte("bench"))
	began := used()
	for range n {
		if _, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:]); err != nil {
			return 0, err
		}
	}
	return (used() - began) / time.Duration(n), nil
}

// loginCost is this process's CPU time for one scripted login: the SP's login
// page, the IdP's answer, the post to the ACS, the page where it rests. The
// service provider runs in a process of its own.
func loginCost(face string, n int) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	sp, stop, err := startStandIn(ctx)
	if err != nil {
		return 0, err
	}
	defer stop()
	t, err := target.Parse("bench", []byte(sp.Target), os.LookupEnv)
	if err != nil {
		return 0, err
	}
	t.IdP.State = "" // keys in memory
	i, err := suite.IdP(face, suite.Options{Loaded: t})
	if err != nil {
		return 0, err
	}
	if err := sp.upload(ctx, i.Metadata()); err != nil {
		return 0, err
	}
	reply := idp.Reply{Person: idp.Person{Email: "alice@acme.example"}, SP: idp.SP{EntityID: sp.EntityID, ACS: []string{sp.ACS}}}
	base := plain.NewTransport(nil)
	for range 20 { // warm the connections
		if err := login(ctx, i, reply, base, sp.Login); err != nil {
			return 0, err
		}
	}
	began := used()
	for range n {
		if err := login(ctx, i, reply, base, sp.Login); err != nil {
			return 0, err
		}
	}
	return (used() - began) / time.Duration(n), nil
}

func login(ctx context.Context, i *idp.IdP, r idp.Reply, base http.RoundTripper, at string) error {
	b := plain.New(plain.Options{Transport: i.Play(r, base), IdPHosts: i.Hosts()})
	defer b.Close()
	hops, err := b.Visit(ctx, browser.Request{URL: at})
	if err != nil {
		return err
	}
	if rest := hops[len(hops)-1]; rest.Status != http.StatusOK || rest.AtIdP {
		return fmt.Errorf("the login came to rest at %s with status %d %s", rest.URL, rest.Status, rest.Error)
	}
	return nil
}

// demo times the whole demo, and its peak of memory.
func demo(ctx context.Context, t *table, bin string) error {
	dir, err := os.MkdirTemp("", "samlcheck-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c := exec.CommandContext(ctx, bin, "demo", "--quiet")
	c.Dir = dir
	began := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("demo: %w\n%s", err, out)
	}
	f := figure{
		what: "the whole demo, wall clock, the stand-in in the same process", ours: secs(float64(time.Since(began))),
		peer: "its CPU " + secs(float64(c.ProcessState.UserTime()+c.ProcessState.SystemTime())),
	}
	if u, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		f.peer += ", peak " + mib(float64(u.Maxrss<<10))
	}
	t.add(f)
	return nil
}

// used is the CPU time that has been used so far.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

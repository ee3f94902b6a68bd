//go:build unix

// Bench prints what the harness costs, beside one bare RSA-2048 signature of
// the same machine at the same moment. It measures; nothing is judged here.
//
//	go run ./scripts/bench -bin bin/samlcheck
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
	"runtime/debug"
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
	logins := flag.Int("logins", 300, "logins to measure")
	serve := flag.Bool("sp", false, "be the stand-in in a process of its own (used by bench itself)")
	flag.Parse()
	debug.SetGCPercent(400) // as the command does
	var err error
	if *serve {
		err = standIn()
	} else {
		err = bench(*bin, *logins)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(bin string, logins int) error {
	sign, err := bareSignature(400)
	if err != nil {
		return err
	}
	row("one bare RSA-2048 signature", "%s of CPU", sign)
	for _, face := range []string{"okta", "entra"} {
		cpu, err := loginCost(face, logins)
		if err != nil {
			return err
		}
		row("login round trip as "+face+", harness only", "%s of CPU = %.2f signatures", cpu, float64(cpu)/float64(sign))
	}
	if err := aggregates(bin); err != nil {
		return err
	}
	if err := experiments(context.Background()); err != nil {
		return err
	}
	return demo(bin)
}

func row(what, f string, a ...any) { fmt.Printf("%-46s %s\n", what, fmt.Sprintf(f, a...)) }

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
func demo(bin string) error {
	abs, err := os.Getwd()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "samlcheck-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if bin[0] != '/' {
		bin = abs + "/" + bin
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, bin, "demo", "--quiet")
	c.Dir = dir
	began := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("demo: %w\n%s", err, out)
	}
	row("the whole demo, SP and harness in one process", "%.1f s of wall clock, %.1f s of CPU", time.Since(began).Seconds(),
		(c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds())
	if u, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		row("peak memory of it", "%d MiB", u.Maxrss/1024)
	}
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

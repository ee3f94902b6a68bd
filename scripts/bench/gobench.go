//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// benchmarks are the results of `go test -bench`: by name, then by unit.
type benchmarks map[string]map[string]float64

// goBench runs benchmarks of a package so many times. For comparisons over time use benchstat
// on the same benchmarks. env is added to the environment.
func goBench(ctx context.Context, times int, pkg, pattern string, env ...string) (benchmarks, error) {
	c := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", pattern, "-benchtime", strconv.Itoa(times)+"x", pkg)
	c.Env = append(append(os.Environ(), "GOGC=400"), env...) // as the command sets it; the peers have it, too
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("go test -bench %s: %w %s", pkg, err, errs.String())
	}
	found := benchmarks{}
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if len(f) < 4 || !strings.HasPrefix(f[0], "Benchmark") {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(f[0], "Benchmark"), "-")
		if i := strings.LastIndexByte(f[0], '-'); i > 0 {
			name = strings.TrimPrefix(f[0][:i], "Benchmark")
		}
		units := map[string]float64{}
		for i := 2; i+1 < len(f); i += 2 {
			if v, err := strconv.ParseFloat(f[i], 64); err == nil {
				units[f[i+1]] = v
			}
		}
		found[name] = units
	}
	return found, nil
}

const cpu = "cpu-ns/op"

// minting is a response that is signed twice, beside bare signatures, goxmldsig
// on the same tree, and crewjam's identity provider.
func minting(ctx context.Context, t *table) error {
	b, err := goBench(ctx, 200, "./samlcheck/idp", "BareRSA|Mint$|BeyondRSA|Goxmldsig|Crewjam")
	if err != nil {
		return err
	}
	bare := b["BareRSA"][cpu]
	t.add(figure{what: "bare RSA-2048 signature", ours: micro(bare / 2)})
	for _, n := range []string{"8", "200"} {
		for _, face := range []string{"okta", "entra"} {
			at := fmt.Sprintf("/face=%s/attributes=%s", face, n)
			what := fmt.Sprintf("as %s with %s attributes", face, n)
			t.against("response signed twice, "+what, b["Mint"+at][cpu], b["Mint"+at]["bare-ns/op"], micro, "two bare signatures", 1/0.95)
			t.against("its work beyond RSA, "+what, b["BeyondRSA"+at][cpu], b["GoxmldsigBeyondRSA"+at][cpu], micro, "goxmldsig on a tree", 0.2)
			allocs := b["BeyondRSA"+at]["allocs/op"]
			t.add(figure{
				what: "its allocations beyond RSA, " + what, ours: fmt.Sprintf("%.0f", allocs), peer: fmt.Sprintf("goxmldsig %.0f", b["GoxmldsigBeyondRSA"+at]["allocs/op"]),
				goal: "at most 60", met: verdict(allocs <= 60),
			})
		}
		t.add(figure{what: "crewjam's own response, signed once, with " + n + " attributes", ours: micro(b["Crewjam/attributes="+n][cpu])})
	}
	return nil
}

// verifying is the verification of a response that is signed twice, and of what
// service providers send.
func verifying(ctx context.Context, t *table) error {
	b, err := goBench(ctx, 200, "./samlcheck/message", "Verify")
	if err != nil {
		return err
	}
	for _, face := range []string{"okta", "entra"} {
		for _, n := range []string{"8", "100"} {
			at := fmt.Sprintf("/face=%s/attributes=%s", face, n)
			t.against(fmt.Sprintf("verification, as %s with %s attributes", face, n), b["Verify/by=quick"+at][cpu], b["Verify/by=crewjam"+at][cpu],
				micro, "crewjam's ParseXMLResponse", 0.25)
		}
	}
	const of = "VerifyRequest/what="
	t.against("verification, of a posted AuthnRequest", b[of+"AuthnRequest/by=quick"][cpu], b[of+"AuthnRequest/by=goxmldsig"][cpu], micro, "goxmldsig on a tree", 0)
	t.against("verification, of a posted LogoutResponse", b[of+"LogoutResponse/by=quick"][cpu], b[of+"LogoutResponse/by=crewjam"][cpu], micro, "crewjam's ValidateLogoutResponseForm", 0.25)
	t.against("verification, of an AuthnRequest in a query", b[of+"query/by=quick"][cpu], b[of+"query/by=crewjam"][cpu], micro, "crewjam's reading, which verifies nothing,", 0)
	return nil
}

// evidence is the bundle of a full run, from the redaction of its first login to
// its final name, without the logins. It is written where a run writes it, in the
// working folder, and not where thousands of files have just been deleted: ext4
// looks at each inode that was given up in the last minutes whenever it wants a
// new one, which makes a new file ten times as dear.
func evidence(ctx context.Context, t *table) error {
	dir, err := filepath.Abs(filepath.Join(".cache", "bench"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("a folder for the evidence: %w", err)
	}
	b, err := goBench(ctx, 5, "./samlcheck/suite", "Evidence", "TMPDIR="+dir, "GOTMPDIR="+os.TempDir())
	if err != nil {
		return err
	}
	const goal = 1e9
	for _, face := range []string{"okta", "entra"} {
		m := b["Evidence/face="+face]
		t.add(figure{
			what: "the evidence of a full run as " + face + ", CPU", ours: secs(m[cpu]), peer: fmt.Sprintf("%.0f files, %s", m["files"], mib(m["bytes"])),
			goal: "at most " + secs(goal), met: verdict(m[cpu] <= goal),
		})
	}
	return nil
}

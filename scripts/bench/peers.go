//go:build unix

package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// pair makes a key and its certificate, as files.
func pair(dir string) (key, cert string, err error) {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", "", err
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, c, c, k.Public(), k)
	if err != nil {
		return "", "", err
	}
	raw, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		return "", "", err
	}
	key, cert = filepath.Join(dir, "key.pem"), filepath.Join(dir, "cert.pem")
	for path, b := range map[string]*pem.Block{key: {Type: "PRIVATE KEY", Bytes: raw}, cert: {Type: "CERTIFICATE", Bytes: der}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(b), 0o600); err != nil {
			return "", "", err
		}
	}
	return key, cert, nil
}

// nodeMinting is what Node's samlp takes for a response that is signed twice,
// beside ours.
func nodeMinting(ctx context.Context, t *table) error {
	const peers = "scripts/bench/peers"
	if _, err := os.Stat(peers + "/node_modules/samlp"); err != nil {
		if out, err := exec.CommandContext(ctx, "npm", "--prefix", peers, "ci", "--no-audit", "--no-fund").CombinedOutput(); err != nil {
			return fmt.Errorf("npm ci: %w %s", err, out)
		}
	}
	dir, err := os.MkdirTemp("", "samlcheck-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	key, cert, err := pair(dir)
	if err != nil {
		return err
	}
	b, err := goBench(ctx, 200, "./samlcheck/idp", "Mint$/face=okta")
	if err != nil {
		return err
	}
	for _, n := range []string{"8", "200"} {
		out, err := exec.CommandContext(ctx, "node", peers+"/mint.js", key, cert, n, "200").Output()
		if err != nil {
			return fmt.Errorf("node: %w", err)
		}
		theirs, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		if err != nil {
			return err
		}
		t.against("response signed twice, with "+n+" attributes", b["Mint/face=okta/attributes="+n][cpu], theirs, micro, "Node's samlp", 0)
	}
	return nil
}

// startUp is the least of ten starts, and the size of the binary.
func startUp(ctx context.Context, t *table, bin string) error {
	least := func(name string, args ...string) (float64, error) {
		best := time.Hour
		for range 10 {
			took, _, err := cost(ctx, name, args...)
			if err != nil {
				return 0, err
			}
			best = min(best, took)
		}
		return float64(best), nil
	}
	ours, err := least(bin, "--version")
	if err != nil {
		return err
	}
	theirs, err := least("node", "-e", "0")
	if err != nil {
		return err
	}
	t.against("samlcheck --version, CPU", ours, theirs, milli, "node -e 0", 0.5)
	st, err := os.Stat(bin)
	if err != nil {
		return err
	}
	t.add(figure{what: "the binary", ours: mib(float64(st.Size()))})
	return nil
}

// recording is a HAR of 200 MB, a login among a thousand files, beside jq.
func recording(ctx context.Context, t *table, bin string) error {
	dir, err := os.MkdirTemp("", "samlcheck-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "login.har")
	if err := harOf(path, "fixtures/captures/entra-50011.har", 200<<20); err != nil {
		return err
	}
	ours, peak, err := cost(ctx, bin, "analyze", "--quiet", path)
	if err != nil {
		return err
	}
	theirs, size, err := cost(ctx, "jq", ".", path)
	if err != nil {
		return err
	}
	t.against("analyze of a HAR of 200 MB", float64(ours), float64(theirs), secs, "jq .", 1)
	t.add(figure{what: "peak memory of it", ours: mib(float64(peak)), peer: "jq " + mib(float64(size))})
	return nil
}

// harOf writes the recording of a login with so many bytes of other files in it.
func harOf(path, from string, size int) error {
	src, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var doc struct {
		Log map[string]json.RawMessage `json:"log"`
	}
	if err := json.Unmarshal(src, &doc); err != nil {
		return err
	}
	var entries []json.RawMessage
	if err := json.Unmarshal(doc.Log["entries"], &entries); err != nil {
		return err
	}
	body := make([]byte, 150_000)
	if _, err := rand.Read(body); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintf(w, `{"log": {"version": "1.2", "creator": {"name": "bench", "version": "1"}, "entries": [`)
	for i, n := 0, 0; n < size; i++ {
		e := fmt.Sprintf(`{"startedDateTime": "2026-07-14T09:00:00.000Z", "time": 1, "request": {"method": "GET", "url": "https://cdn.example/file/%d.bin", "httpVersion": "h2", "headers": [], "queryString": [], "cookies": [], "headersSize": -1, "bodySize": 0}, `+
			`"response": {"status": 200, "statusText": "", "httpVersion": "h2", "headers": [], "cookies": [], "redirectURL": "", "headersSize": -1, "bodySize": 150000, "content": {"size": 150000, "mimeType": "application/octet-stream", "encoding": "base64", "text": %q}}, "cache": {}, "timings": {"send": 0, "wait": 0, "receive": 0}},`+"\n",
			i, base64.StdEncoding.EncodeToString(body))
		n += len(e)
		w.WriteString(e) //nolint:errcheck // Flush says so
	}
	for i, e := range entries {
		if i > 0 {
			w.WriteByte(',') //nolint:errcheck // as above
		}
		w.Write(e) //nolint:errcheck // as above
	}
	fmt.Fprint(w, "]}}\n")
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

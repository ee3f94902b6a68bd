//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// aggregateOf writes a federation of n entities, about 9.5 KB each, every second
// an identity provider. Their certificates differ in the serial number.
func aggregateOf(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	der, at, err := template()
	if err != nil {
		return err
	}
	serial := 0
	cert := func() string {
		serial++
		der[at], der[at+1], der[at+2] = byte(serial>>16)&0x7f, byte(serial>>8), byte(serial)
		return lines(base64.StdEncoding.EncodeToString(der))
	}
	fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" `+
		`xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" xmlns:mdattr="urn:oasis:names:tc:SAML:metadata:attribute" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Name="https://federation.example" validUntil="2036-01-01T00:00:00Z">`+"\n")
	for i := range n {
		entity(w, i, cert)
	}
	fmt.Fprint(w, "</md:EntitiesDescriptor>\n")
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func lines(s string) string {
	var out []byte
	for len(s) > 64 {
		out, s = append(append(out, s[:64]...), '\n'), s[64:]
	}
	return string(append(out, s...))
}

// template is a certificate, and where in it three bytes of the serial number stand.
func template() (der []byte, at int, err error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, 0, err
	}
	t := &x509.Certificate{
		SerialNumber: big.NewInt(0x5a5a5a11), Subject: pkix.Name{CommonName: "entity.example", Organization: []string{"Example University"}, Country: []string{"XX"}},
		NotBefore: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2035, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err = x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		return nil, 0, err
	}
	for i := range der {
		if der[i] == 0x5a && der[i+1] == 0x5a && der[i+2] == 0x5a && der[i+3] == 0x11 {
			return der, i, nil
		}
	}
	return nil, 0, fmt.Errorf("no serial number in the certificate")
}

func entity(w *bufio.Writer, i int, cert func() string) {
	host := fmt.Sprintf("e%05d.example", i)
	key := func(use string) string {
		return "    <md:KeyDescriptor use=\"" + use + "\">\n      <ds:KeyInfo>\n        <ds:X509Data>\n          <ds:X509Certificate>\n" + cert() +
			"\n</ds:X509Certificate>\n        </ds:X509Data>\n      </ds:KeyInfo>\n    </md:KeyDescriptor>\n"
	}
	fmt.Fprintf(w, "  <md:EntityDescriptor entityID=\"https://%s/shibboleth\">\n", host)
	role, end := "SPSSODescriptor AuthnRequestsSigned=\"true\" WantAssertionsSigned=\"true\"", "SPSSODescriptor"
	if i%2 == 1 {
		role, end = "IDPSSODescriptor", "IDPSSODescriptor"
	}
	fmt.Fprintf(w, "    <md:Extensions>\n      <mdattr:EntityAttributes>\n        <saml:Attribute Name=\"http://macedir.org/entity-category\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\">\n"+
		"          <saml:AttributeValue>http://refeds.org/category/research-and-scholarship</saml:AttributeValue>\n        </saml:Attribute>\n      </mdattr:EntityAttributes>\n    </md:Extensions>\n"+
		"  <md:%s protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\n    <md:Extensions>\n      <mdui:UIInfo>\n", role)
	for _, lang := range []string{"en", "de", "fr", "it", "es"} {
		fmt.Fprintf(w, "        <mdui:DisplayName xml:lang=\"%s\">Example Institute of Measurement No. %d</mdui:DisplayName>\n"+
			"        <mdui:Description xml:lang=\"%s\">A service for members of the federation who measure how long it takes to read what they publish; number %d of them, with &amp; and ümläuts.</mdui:Description>\n"+
			"        <mdui:InformationURL xml:lang=\"%s\">https://%s/about</mdui:InformationURL>\n        <mdui:PrivacyStatementURL xml:lang=\"%s\">https://%s/privacy</mdui:PrivacyStatementURL>\n", lang, i, lang, i, lang, host, lang, host)
	}
	fmt.Fprintf(w, "        <mdui:Logo height=\"60\" width=\"80\">https://%s/logo.png</mdui:Logo>\n      </mdui:UIInfo>\n    </md:Extensions>\n", host)
	fmt.Fprint(w, key("signing"), key("encryption"))
	const binding = "urn:oasis:names:tc:SAML:2.0:bindings:"
	fmt.Fprintf(w, "    <md:SingleLogoutService Binding=\"%sHTTP-Redirect\" Location=\"https://%s/slo\"/>\n", binding, host)
	fmt.Fprint(w, "    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>\n    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>\n")
	for n, b := range []string{"HTTP-POST", "HTTP-POST-SimpleSign", "HTTP-Artifact", "PAOS"} {
		if end == "SPSSODescriptor" {
			fmt.Fprintf(w, "    <md:AssertionConsumerService Binding=\"%s%s\" Location=\"https://%s/acs/%d\" index=\"%d\"/>\n", binding, b, host, n, n+1)
		} else if n < 2 {
			fmt.Fprintf(w, "    <md:SingleSignOnService Binding=\"%s%s\" Location=\"https://%s/sso/%d\"/>\n", binding, []string{"HTTP-Redirect", "HTTP-POST"}[n], host, n)
		}
	}
	fmt.Fprintf(w, "  </md:%s>\n  <md:Organization>\n    <md:OrganizationName xml:lang=\"en\">Example %d</md:OrganizationName>\n    <md:OrganizationDisplayName xml:lang=\"en\">Example %d</md:OrganizationDisplayName>\n"+
		"    <md:OrganizationURL xml:lang=\"en\">https://%s/</md:OrganizationURL>\n  </md:Organization>\n  <md:ContactPerson contactType=\"technical\">\n    <md:EmailAddress>mailto:ops@%s</md:EmailAddress>\n  </md:ContactPerson>\n  </md:EntityDescriptor>\n", end, i, i, host, host)
}

// mostMemory is what no aggregate may need more of.
const mostMemory = 32 << 20

// aggregates measures lint beside xmllint on the same file, and the verification
// of a signed one beside xmlsec1.
func aggregates(ctx context.Context, t *table, bin string) error {
	dir, err := os.MkdirTemp("", "samlcheck-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, n := range []int{100, 10_000, 30_000} {
		path := filepath.Join(dir, fmt.Sprintf("aggregate-%d.xml", n))
		if err := aggregateOf(path, n); err != nil {
			return err
		}
		st, err := os.Stat(path)
		if err != nil {
			return err
		}
		what := fmt.Sprintf("lint of %d entities (%.0f MB)", n, float64(st.Size())/1e6)
		ours, peak, err := cost(ctx, bin, "lint", "--quiet", path)
		if err != nil {
			return err
		}
		theirs, size, err := cost(ctx, "xmllint", "--noout", path)
		if err != nil {
			t.missing(what, err)
			continue
		}
		most := 0.75
		if n < 1000 {
			most = 0 // the start of two programs, no more
		}
		t.against(what, float64(ours), float64(theirs), secs, "xmllint --noout", most)
		t.add(figure{what: "peak memory of it", ours: mib(float64(peak)), peer: "xmllint " + mib(float64(size)), goal: "at most " + mib(mostMemory), met: verdict(peak <= mostMemory)})
		if n == 10_000 {
			if err := signed(ctx, t, bin, path, dir); err != nil {
				t.missing("a signed aggregate", err)
			}
		}
	}
	return nil
}

// signed signs an aggregate with xmlsec1, and has both verify it.
func signed(ctx context.Context, t *table, bin, path, dir string) error {
	src, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	const empty = `<ds:Signature><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>` +
		`<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#_federation"><ds:Transforms>` +
		`<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>` +
		`<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>`
	before, after, ok := bytes.Cut(src, []byte(` validUntil="2036-01-01T00:00:00Z">`))
	if !ok {
		return errors.New("the aggregate has no root to sign")
	}
	unsigned, done := filepath.Join(dir, "unsigned.xml"), filepath.Join(dir, "signed.xml")
	whole := slices.Concat(before, []byte(` validUntil="2036-01-01T00:00:00Z" ID="_federation">`), []byte(empty), after)
	if err := os.WriteFile(unsigned, whole, 0o600); err != nil {
		return err
	}
	key, cert, err := pair(dir)
	if err != nil {
		return err
	}
	const id = "urn:oasis:names:tc:SAML:2.0:metadata:EntitiesDescriptor"
	if _, _, err := cost(ctx, "xmlsec1", "--sign", "--privkey-pem", key, "--id-attr:ID", id, "--output", done, unsigned); err != nil {
		return err
	}
	ours, peak, err := cost(ctx, bin, "lint", "--quiet", "--certificate", cert, done)
	if err != nil {
		return err
	}
	theirs, size, err := cost(ctx, "xmlsec1", "--verify", "--pubkey-cert-pem", cert, "--id-attr:ID", id, done)
	if err != nil {
		return err
	}
	t.against("lint and verification of the same, signed", float64(ours), float64(theirs), secs, "xmlsec1 --verify", 0.5)
	t.add(figure{what: "peak memory of it", ours: mib(float64(peak)), peer: "xmlsec1 " + mib(float64(size)), goal: "at most " + mib(mostMemory), met: verdict(peak <= mostMemory)})
	return nil
}

// spent is what one command took.
type spent struct {
	CPU  time.Duration
	Peak int64 // largest resident size, in bytes
}

// cost is the CPU time and the largest resident size of one command. A child of
// ours would begin with our own size as its largest, so this program is run once
// more, small, to run the command.
func cost(ctx context.Context, name string, args ...string) (cpu time.Duration, peak int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, os.Args[0], append([]string{"-cost", "--", name}, args...)...)
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w %s", name, err, errs.String())
	}
	var s spent
	err = json.Unmarshal(out, &s)
	return s.CPU, s.Peak, err
}

// costOf runs the command and prints what it took.
func costOf(args []string) error {
	var errs bytes.Buffer
	c := exec.Command(args[0], args[1:]...) //nolint:noctx // our parent ends us
	c.Stderr = &errs
	err := c.Run()
	if c.ProcessState == nil {
		return err
	}
	if code := c.ProcessState.ExitCode(); code > 1 || code < 0 {
		return fmt.Errorf("%w: %s", err, errs.String())
	}
	u, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return errors.New("no resource usage here")
	}
	return json.NewEncoder(os.Stdout).Encode(spent{c.ProcessState.UserTime() + c.ProcessState.SystemTime(), u.Maxrss << 10})
}

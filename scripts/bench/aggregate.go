//go:build unix

package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
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

// aggregates measures lint beside xmllint on the same file.
func aggregates(bin string) error {
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
		row(fmt.Sprintf("aggregate of %d entities", n), "%.1f MB", float64(st.Size())/1e6)
		ours, peak, err := cost(bin, "lint", "--quiet", path)
		if err != nil {
			return err
		}
		row("  samlcheck lint", "%s of CPU, peak %d MiB", ours.Round(time.Millisecond), peak>>20)
		theirs, peak, err := cost("xmllint", "--noout", path)
		if err != nil {
			row("  xmllint --noout", "not measured: %v", err)
			continue
		}
		row("  xmllint --noout", "%s of CPU, peak %d MiB: lint takes %.2f of it", theirs.Round(time.Millisecond), peak>>20, float64(ours)/float64(theirs))
	}
	return nil
}

// cost is the CPU time and the largest resident size of one command.
func cost(name string, args ...string) (cpu time.Duration, peak int64, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	err = c.Run()
	if c.ProcessState == nil {
		return 0, 0, err
	}
	if code := c.ProcessState.ExitCode(); code > 1 || code < 0 {
		return 0, 0, fmt.Errorf("%s: %w", name, err)
	}
	u, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, 0, fmt.Errorf("%s: no resource usage here", name)
	}
	return c.ProcessState.UserTime() + c.ProcessState.SystemTime(), u.Maxrss << 10, nil
}

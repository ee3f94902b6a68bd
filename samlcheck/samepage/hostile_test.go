package samepage

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
)

func hostile(t *testing.T) map[string]string {
	t.Helper()
	raw := good(t, known).xml(t)
	bulk := good(t, known)
	bulk.sign = "response"
	for i := range 480 {
		bulk.attrs[fmt.Sprint("a", i)] = "x"
	}
	pi := good(t, known)
	pi.after = func(doc *etree.Document) { doc.FindElement("//NameID").CreateProcInst("p", "z") }
	prefixed := good(t, known)
	prefixed.after = func(doc *etree.Document) { doc.Root().CreateAttr("saml2p:ID", "x") }
	return map[string]string{
		"empty":           "",
		"text":            "hello",
		"root only":       "<a/>",
		"no end":          raw[:len(raw)/2],
		"two roots":       raw + raw,
		"dtd":             `<!DOCTYPE r [<!ENTITY e "x">]>` + raw,
		"entities":        `<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>`,
		"external":        `<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>`,
		"deep":            strings.Repeat("<a>", 100000) + strings.Repeat("</a>", 100000),
		"unclosed deep":   strings.Repeat("<a>", 100000),
		"empty response":  `<p:Response xmlns:p="` + nsProtocol + `"/>`,
		"empty assertion": `<p:Response xmlns:p="` + nsProtocol + `"><a:Assertion xmlns:a="` + nsAssertion + `"/></p:Response>`,
		"empty encrypted": `<p:Response xmlns:p="` + nsProtocol + `"><a:EncryptedAssertion xmlns:a="` + nsAssertion + `"/></p:Response>`,
		"latin-1":         `<?xml version="1.0" encoding="ISO-8859-1"?>` + raw,
		"nul":             strings.Replace(raw, "known@", "kn\x00own@", 1),
		"many attributes": bulk.xml(t),
		"instruction":     pi.xml(t),
		"prefixed id":     prefixed.xml(t),
		"no key info":     strings.Replace(strings.Replace(raw, "<ds:KeyInfo>", "<ds:Was>", 1), "</ds:KeyInfo>", "</ds:Was>", 1),
		"no signed info":  strings.ReplaceAll(raw, "ds:SignedInfo", "ds:Was"),
		"sha-1":           strings.Replace(raw, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1", 1),
		"bad time":        strings.Replace(raw, `NotOnOrAfter="2`, `NotOnOrAfter="x`, 1),
		"bad namespace":   strings.Replace(raw, "saml2:Subject>", "nope:Subject>", 2),
	}
}

// forgiven says which messages a flaw takes, because taking them is that flaw:
// what they say once read is true and signed.
func forgiven() map[Flaw][]string {
	return map[Flaw][]string{
		FlawAnyID:          {"prefixed id", "dtd"}, // it reads with a parser that asks for no strictness at all
		FlawFirstNode:      {"prefixed id", "dtd"}, // the same parser
		FlawEntities:       {"dtd"},
		FlawEntityCut:      {"dtd"},
		FlawEntityID:       {"dtd"},
		FlawSplitSignature: {"dtd"},
		FlawTwoReadings:    {"dtd"},
	}
}

// TestHostileInput: whatever comes, the answer is a refusal and not a crash, and
// with a flaw too, but for what the flaw itself takes.
func TestHostileInput(t *testing.T) {
	t.Parallel()
	for _, flaw := range append(Flaws(), "") {
		t.Run("flaw "+string(flaw), func(t *testing.T) {
			t.Parallel()
			messages := hostile(t) // new ones: on a busy machine the first would be too old for the last
			o := Options{JIT: Create}
			if flaw != "" {
				o.Flaws = []Flaw{flaw}
			}
			s := newServer(t, o)
			for name, m := range messages {
				at := newJar(s).send(m)
				if name == "many attributes" || at.status == 200 && (flaw == FlawSignature || flaw == FlawUnreadable) {
					assert.Less(t, at.status, 500, name) // good in itself, or good enough for the blind
					continue
				}
				if slices.Contains(forgiven()[flaw], name) {
					assert.Equal(t, 200, at.status, "%s is this flaw's to take: %s", name, s.Why())
					continue
				}
				if name == "no key info" && at.status == 200 {
					continue // the registered certificate is the only one that there is
				}
				assert.Equal(t, 403, at.status, "%s: %s", name, s.Why())
				assert.Contains(t, at.body, textNotAccepted, name)
			}
		})
	}
}

func TestHostileForms(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{})
	raw := base64.StdEncoding.EncodeToString([]byte(good(t, known).xml(t)))
	for name, form := range map[string]url.Values{
		"nothing":  {},
		"twice":    {"SAMLResponse": {raw, raw}},
		"base64":   {"SAMLResponse": {"%%%"}},
		"too much": {"SAMLResponse": {strings.Repeat("A", maxBody+1)}},
		"artifact": {"SAMLart": {"AAQAAA"}},
	} {
		at := newJar(s).form("/saml/acs", form)
		assert.Equal(t, 403, at.status, name)
		assert.Contains(t, at.body, textNotAccepted, name)
	}
	at := newJar(s).get("/saml/acs?SAMLResponse=" + url.QueryEscape(raw))
	assert.Equal(t, 405, at.status)

	r := httptest.NewRequest(http.MethodPost, "/saml/acs?SAMLResponse="+url.QueryEscape(raw), nil)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	assert.Equal(t, 403, newJar(s).do(r).status, "a response in the query is not one in the body")
}

func TestRelayStateLeadsNowhere(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{})
	for _, relay := range []string{"https://evil.example/", "//evil.example", "javascript:alert(1)", "<script>"} {
		at := newJar(s).form("/saml/acs", url.Values{
			"SAMLResponse": {base64.StdEncoding.EncodeToString([]byte(good(t, known).xml(t)))}, "RelayState": {relay}})
		assert.Equal(t, []string{"303 /home"}, at.hops)
		assert.NotContains(t, at.body, relay)
	}
}

func TestNamesAreEscaped(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{JIT: Create})
	f := good(t, fresh)
	f.attrs["firstName"] = "&lt;script&gt;"
	_, at := login(t, s, f)
	assert.Contains(t, at.body, "&lt;script&gt;")
	assert.NotContains(t, at.body, "<script>")
}

package samepage

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGoodResponsesGetIn(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{})
	for _, entra := range []bool{false, true} {
		for _, sign := range []string{"assertion", "response", "both"} {
			f := good(t, known)
			f.entra, f.sign = entra, sign
			b, at := login(t, s, f)
			require.Equal(t, 200, at.status, "entra %v, signed %s: %s", entra, sign, s.Why())
			assert.Equal(t, []string{"303 /home"}, at.hops)
			assert.Contains(t, at.body, "Welcome back, Kim Sample. You are signed in as known@corp.example.")
			assert.Contains(t, b.isIn(), known)
		}
	}
	assert.Equal(t, 6, s.Sessions())
	assert.Equal(t, Active, s.Members()[0].Status)
	assert.Equal(t, "Kim Sample", s.Members()[0].Name)
}

func TestSPInitiatedLogin(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{})
	b := newJar(s)
	id, relay := b.begin(t)
	assert.LessOrEqual(t, len(relay), 80)
	f := good(t, known)
	f.inResponseTo = id
	assert.Contains(t, b.send(f.xml(t)).body, "Welcome back")

	again := good(t, known)
	again.inResponseTo = id
	assert.Contains(t, b.send(again.xml(t)).body, textNotAccepted, "a request is answered once")
}

// spoilt is a message with one fault, and the flaw that lets it in.
type spoilt struct {
	flaw Flaw
	make func(t *testing.T, s *Server, b *jar) string
}

func spoil(change func(t *testing.T, f *face)) func(*testing.T, *Server, *jar) string {
	return func(t *testing.T, _ *Server, _ *jar) string {
		f := good(t, known)
		change(t, f)
		return f.xml(t)
	}
}

func renamed(doc *etree.Document) {
	doc.FindElement("//NameID").SetText(known)
	for _, v := range doc.FindElements("//Attribute[@Name='email']/AttributeValue") {
		v.SetText(known)
	}
}

func foreign(_ *testing.T, f *face) { f.key, f.cert = otherKey(), newCert(otherKey()) }

// wrapped puts an evil assertion in front of a good one, whose signature stays.
func wrapped(t *testing.T, _ *Server, _ *jar) string {
	f := good(t, fresh)
	f.after = func(doc *etree.Document) { impostor(doc, 0) }
	return f.xml(t)
}

// impostor puts an evil copy of the assertion so many places behind it.
func impostor(doc *etree.Document, behind int) {
	genuine := doc.FindElement("//Assertion")
	evil := genuine.Copy()
	evil.CreateAttr("ID", "evil")
	evil.RemoveChild(evil.SelectElement("Signature"))
	genuine.Parent().InsertChildAt(genuine.Index()+behind, evil)
	evil.FindElement("./Subject/NameID").SetText(known)
	for _, v := range evil.FindElements("./AttributeStatement/Attribute[@Name='email']/AttributeValue") {
		v.SetText(known)
	}
}

// commented puts a comment behind known wherever it begins a text.
func commented(doc *etree.Document) {
	for _, el := range append(doc.FindElements("//NameID"), doc.FindElements("//AttributeValue")...) {
		if after, ok := strings.CutPrefix(el.Text(), known); ok {
			el.SetText(known)
			el.CreateComment("x")
			el.CreateText(after)
		}
	}
}

// wrappedInResponse is the other classic: the genuine Response inside the
// signature of an evil one.
func wrappedInResponse(t *testing.T, _ *Server, _ *jar) string {
	f := good(t, fresh)
	f.sign = "response"
	f.after = func(doc *etree.Document) {
		evil := doc.Root()
		genuine := evil.Copy()
		genuine.RemoveChild(child(genuine, nsSignature, "Signature"))
		evil.CreateAttr("ID", "evil")
		evil.FindElement("./Assertion").CreateAttr("ID", "evil-assertion")
		evil.FindElement("./Assertion/Subject/NameID").SetText(known)
		for _, v := range evil.FindElements("./Assertion/AttributeStatement/Attribute[@Name='email']/AttributeValue") {
			v.SetText(known)
		}
		child(evil, nsSignature, "Signature").CreateElement("ds:Object").AddChild(genuine)
	}
	return f.xml(t)
}

func allSpoilt() map[string]spoilt {
	all := map[string]spoilt{}
	for _, some := range []map[string]spoilt{spoiltSignatures(), spoiltContents(), spoiltContexts()} {
		maps.Copy(all, some)
	}
	return all
}

func spoiltSignatures() map[string]spoilt {
	return map[string]spoilt{
		"no signature": {FlawUnsigned, spoil(func(_ *testing.T, f *face) { f.sign = "none" })},
		"altered": {FlawSignature, func(t *testing.T, _ *Server, _ *jar) string {
			f := good(t, fresh)
			f.after = renamed
			return f.xml(t)
		}},
		"foreign key, genuine certificate": {FlawSignature, spoil(func(_ *testing.T, f *face) { f.key = otherKey() })},
		"foreign key, its certificate":     {FlawAnyKey, spoil(foreign)},
		"foreign key on the response":      {FlawAnyKey, spoil(func(t *testing.T, f *face) { foreign(t, f); f.sign = "response" })},
	}
}

func spoiltContents() map[string]spoilt {
	return map[string]spoilt{
		"audience": {FlawAudience, spoil(func(_ *testing.T, f *face) { f.audience = "https://other.example/sp" })},
		"no audience": {"audience-unsaid", spoil(func(_ *testing.T, f *face) {
			f.before = func(doc *etree.Document) { c := doc.FindElement("//Conditions"); c.RemoveChild(c.ChildElements()[0]) }
		})},
		"two restrictions, one foreign": {"audience-any", spoil(func(_ *testing.T, f *face) {
			f.before = func(doc *etree.Document) {
				c := doc.FindElement("//Conditions")
				second := c.ChildElements()[0].Copy()
				second.FindElement("./Audience").SetText("https://other.example/sp")
				c.InsertChildAt(0, second)
			}
		})},
		"recipient":   {FlawRecipient, spoil(func(_ *testing.T, f *face) { f.recipient = "https://other.example/acs" })},
		"destination": {FlawDestination, spoil(func(_ *testing.T, f *face) { f.destination = "https://other.example/acs" })},
		"destination, response signed": {FlawDestination, spoil(func(_ *testing.T, f *face) {
			f.destination, f.sign = "https://other.example/acs", "response"
		})},
		"issuer": {FlawIssuer, spoil(func(_ *testing.T, f *face) {
			f.before = func(doc *etree.Document) { doc.FindElement("//Assertion/Issuer").SetText("https://other.example/idp") }
		})},
		"status": {FlawStatus, spoil(func(_ *testing.T, f *face) { f.status = "urn:oasis:names:tc:SAML:2.0:status:Responder" })},
		"method": {FlawMethod, spoil(func(_ *testing.T, f *face) {
			f.before = func(doc *etree.Document) {
				doc.FindElement("//SubjectConfirmation").CreateAttr("Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches")
			}
		})},
		"no assertion": {FlawNoAssertion, spoil(func(_ *testing.T, f *face) {
			f.sign, f.before = "response", func(doc *etree.Document) { doc.Root().RemoveChild(doc.FindElement("//Assertion")) }
		})},
		"expired": {FlawExpiry, spoil(func(_ *testing.T, f *face) {
			f.before = func(doc *etree.Document) {
				doc.FindElement("//Conditions").CreateAttr("NotOnOrAfter", f.now.Add(-10*time.Minute).Format(time.RFC3339))
			}
		})},
		"not yet valid": {"not-before", spoil(func(_ *testing.T, f *face) {
			f.before = func(doc *etree.Document) {
				doc.FindElement("//Conditions").CreateAttr("NotBefore", f.now.Add(10*time.Minute).Format(time.RFC3339))
			}
		})},
	}
}

func spoiltContexts() map[string]spoilt {
	return map[string]spoilt{
		"unknown request": {FlawInResponseTo, spoil(func(_ *testing.T, f *face) { f.inResponseTo = "id-unknown" })},
		"another browser's request": {FlawInResponseTo, func(t *testing.T, s *Server, _ *jar) string {
			f := good(t, known)
			f.inResponseTo, _ = newJar(s).begin(t)
			return f.xml(t)
		}},
		"replay": {FlawReplay, func(t *testing.T, s *Server, _ *jar) string {
			raw := good(t, known).xml(t)
			require.Equal(t, 200, newJar(s).send(raw).status)
			return raw
		}},
		"replay of an answer, in another browser": {FlawReplay, func(t *testing.T, s *Server, _ *jar) string {
			first := newJar(s)
			f := good(t, known)
			f.inResponseTo, _ = first.begin(t)
			raw := f.xml(t)
			require.Equal(t, 200, first.send(raw).status)
			return raw
		}},
		"wrapped assertion": {FlawWrapFirst, wrapped},
		"second assertion": {FlawWrapLast, func(t *testing.T, _ *Server, _ *jar) string {
			f := good(t, fresh)
			f.after = func(doc *etree.Document) { impostor(doc, 1) }
			return f.xml(t)
		}},
		"comment": {FlawComment, func(t *testing.T, _ *Server, _ *jar) string {
			f := good(t, known+".evil.example")
			f.after = commented
			return f.xml(t)
		}},
		"wrapped response": {FlawWrapFirst, wrappedInResponse},
	}
}

// byNature says whether a flaw takes a message that is spoilt for another: two
// flaws may open one door.
func byNature(flaw, spoiltFor Flaw, message string) bool {
	switch flaw { //nolint:exhaustive // the others take nothing but what they are named for
	case FlawSignature: // without verification, who signed does not matter either
		return spoiltFor == FlawAnyKey
	case FlawOtherBrowser:
		return spoiltFor == FlawInResponseTo && message != "unknown request"
	case FlawFirstAnywhere: // verifies one assertion, uses another
		return message == "wrapped assertion"
	case FlawRootSignature: // the signed response may be anywhere
		return message == "wrapped response"
	case FlawFirstNode: // a comment ends the first node
		return spoiltFor == FlawComment
	}
	return false
}

// TestFlaws shows the diagonal: the good server refuses every spoilt message,
// the one with the flaw lets it in, and no other flaw does.
func TestFlaws(t *testing.T) {
	t.Parallel()
	for name, m := range allSpoilt() {
		for _, flaw := range append(Flaws(), "") {
			t.Run(name+"/"+string(flaw), func(t *testing.T) {
				t.Parallel()
				o := Options{}
				if flaw != "" {
					o.Flaws = []Flaw{flaw}
				}
				s := newServer(t, o)
				b := newJar(s)
				at := b.send(m.make(t, s, b))
				if flaw == m.flaw || byNature(flaw, m.flaw, name) {
					assert.Equal(t, 200, at.status, s.Why())
					assert.Contains(t, b.isIn(), known)
					return
				}
				assert.Equal(t, 403, at.status)
				// the really signed person may be read, and is a stranger here
				signer := m.flaw == FlawComment || m.flaw == FlawWrapLast
				assert.True(t, strings.Contains(at.body, textNotAccepted) || signer && strings.Contains(at.body, textRefused))
				assert.Empty(t, b.isIn())
				assert.NotContains(t, b.cookies, sessionCookie)
			})
		}
	}
}

// TestFlawedServersStillLetGoodIn: a flaw must not break the good way, nor
// anything else about the signature.
func TestFlawedServersStillLetGoodIn(t *testing.T) {
	t.Parallel()
	for _, flaw := range Flaws() {
		for _, sign := range []string{"assertion", "response", "both"} {
			s := newServer(t, Options{Flaws: []Flaw{flaw}})
			f := good(t, known)
			f.sign = sign
			b, _ := login(t, s, f)
			assert.Contains(t, b.isIn(), known, "%s, signed %s", flaw, sign)
		}
	}
}

func TestStrictRules(t *testing.T) {
	t.Parallel()
	edit := func(path string, change func(*etree.Element)) func(*testing.T, *face) {
		return func(_ *testing.T, f *face) {
			f.before = func(doc *etree.Document) { change(doc.FindElement(path)) }
		}
	}
	drop := func(el *etree.Element) { el.Parent().RemoveChild(el) }
	for name, change := range map[string]func(*testing.T, *face){
		"status":               func(_ *testing.T, f *face) { f.status = "urn:oasis:names:tc:SAML:2.0:status:Responder" },
		"issuer":               func(_ *testing.T, f *face) { f.issuer = "https://other.example/idp" },
		"response issuer":      edit("./Response/Issuer", func(el *etree.Element) { el.SetText("https://other.example") }),
		"no authn statement":   edit("//AuthnStatement", drop),
		"method":               edit("//SubjectConfirmation", func(el *etree.Element) { el.CreateAttr("Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches") }),
		"no confirmation":      edit("//SubjectConfirmation", drop),
		"no confirmation data": edit("//SubjectConfirmationData", drop),
		"no recipient":         edit("//SubjectConfirmationData", func(el *etree.Element) { el.RemoveAttr("Recipient") }),
		"no end":               edit("//SubjectConfirmationData", func(el *etree.Element) { el.RemoveAttr("NotOnOrAfter") }),
		"no conditions":        edit("//Conditions", drop),
		"unknown condition":    edit("//Conditions", func(el *etree.Element) { el.CreateElement("Condition") }),
		"version":              edit("//Assertion", func(el *etree.Element) { el.CreateAttr("Version", "1.1") }),
		"old": edit("//Assertion", func(el *etree.Element) {
			el.CreateAttr("IssueInstant", time.Now().Add(-time.Hour).UTC().Format(time.RFC3339))
		}),
		"from the future": edit("//Assertion", func(el *etree.Element) {
			el.CreateAttr("IssueInstant", time.Now().Add(time.Hour).UTC().Format(time.RFC3339))
		}),
		"empty name":     edit("//NameID", func(el *etree.Element) { el.SetText("") }),
		"two name ids":   edit("//Subject", func(el *etree.Element) { el.InsertChildAt(0, el.ChildElements()[0].Copy()) }),
		"ended session":  edit("//AuthnStatement", func(el *etree.Element) { el.CreateAttr("SessionNotOnOrAfter", "2020-01-01T00:00:00Z") }),
		"two assertions": edit("//Assertion", func(el *etree.Element) { c := el.Copy(); c.CreateAttr("ID", "b"); el.Parent().AddChild(c) }),
		"equal ids":      edit("//Assertion", func(el *etree.Element) { el.CreateAttr("ID", el.Parent().SelectAttrValue("ID", "")) }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, sign := range []string{"assertion", "response"} {
				f := good(t, known)
				f.sign = sign
				change(t, f)
				b, at := login(t, newServer(t, Options{}), f)
				assert.Equal(t, 403, at.status)
				assert.Contains(t, at.body, textNotAccepted)
				assert.Empty(t, b.isIn())
			}
		})
	}
}

func TestServersOwnClock(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{Now: func() time.Time { return time.Now().Add(20 * time.Minute) }})
	_, at := login(t, s, good(t, known))
	assert.Contains(t, at.body, textNotAccepted)
}

// TestCommentsDoNotTruncate: whoever owns known@corp.example.evil.example must
// not become known@corp.example by a comment that the signature does not see.
func TestCommentsDoNotTruncate(t *testing.T) {
	t.Parallel()
	for _, flaw := range append(Flaws(), "") {
		if flaw == FlawComment || flaw == FlawFirstNode {
			continue // they do
		}
		o := Options{JIT: SessionOnly}
		if flaw != "" {
			o.Flaws = []Flaw{flaw}
		}
		f := good(t, known+".evil.example")
		f.after = commented
		b, _ := login(t, newServer(t, o), f)
		assert.Contains(t, b.isIn(), `"known@corp.example.evil.example"`, "flaw %q", flaw)
	}
}

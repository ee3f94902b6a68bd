package samepage

import (
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
)

// TestPickyDefects: each refuses one kind of good response and takes the others.
func TestPickyDefects(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		defect  Defect
		refuses string
	}{
		{DefectResponseAlone, "response"}, {DefectAssertionAlone, "assertion"}, {DefectOneSignature, "both"},
	} {
		for _, sign := range []string{"assertion", "response", "both"} {
			f := good(t, known)
			f.sign = sign
			b, at := login(t, newServer(t, Options{Defects: []Defect{tt.defect}}), f)
			if sign == tt.refuses {
				assert.Contains(t, at.body, textNotAccepted, "%s, signed %s", tt.defect, sign)
				assert.Empty(t, b.isIn())
				continue
			}
			assert.Contains(t, b.isIn(), known, "%s, signed %s", tt.defect, sign)
		}
	}
}

func TestSolicitedOnly(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{Defects: []Defect{DefectSolicitedOnly}})
	b, at := login(t, s, good(t, known))
	assert.Contains(t, at.body, textNotAccepted)
	assert.Empty(t, b.isIn())

	f := good(t, known)
	f.inResponseTo, _ = b.begin(t)
	b.send(f.xml(t))
	assert.Contains(t, b.isIn(), known)
}

func TestCrash(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{Defects: []Defect{DefectCrash}})
	b, _ := login(t, s, good(t, known))
	assert.Contains(t, b.isIn(), known)
	f := good(t, known)
	f.before = func(doc *etree.Document) { doc.FindElement("//Audience").SetText("https://other.example/sp") }
	b, at := login(t, s, f)
	assert.Equal(t, 500, at.status)
	assert.Empty(t, b.isIn())
}

func TestOpenCookie(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{}, {Defects: []Defect{DefectOpenCookie}}} {
		s := newServer(t, o)
		assert.Equal(t, len(o.Defects) == 0, s.newCookie(sessionCookie, "x").HttpOnly)
		assert.True(t, s.newCookie(stateCookie, "x").HttpOnly)
	}
}

func TestUnknownDefect(t *testing.T) {
	t.Parallel()
	_, err := New(Options{BaseURL: testBase, Key: spKey(), Defects: []Defect{"misspelt"}})
	assert.ErrorContains(t, err, "unknown defect")
}

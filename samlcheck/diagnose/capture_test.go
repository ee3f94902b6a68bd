package diagnose_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/capture/capturetest"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// analyzed reads a HAR of the entries and gives its diagnoses, names put back.
func analyzed(t *testing.T, s *capturetest.Scene, es []capturetest.Entry, own *metadata.Doc) []report.Diagnosis {
	t.Helper()
	return analyzedAs(t, s.SPDoc, own, es)
}

func analyzedAs(t *testing.T, sp, own *metadata.Doc, es []capturetest.Entry) []report.Diagnosis {
	t.Helper()
	res, err := suite.Analyze(bytes.NewReader(capturetest.File(capturetest.Chrome, es)), suite.AnalyzeOptions{Name: "trace.har", SP: sp, IdP: own})
	require.NoError(t, err)
	return res.Revealed().Faces[0].Diagnosis
}

// only gives the diagnosis of the row, and wants it to be the only one.
func only(t *testing.T, ds []report.Diagnosis, id string) report.Diagnosis {
	t.Helper()
	require.Len(t, ds, 1, "%+v", ds)
	require.Equal(t, id, ds[0].ID, "%+v", ds[0])
	assert.NotEmpty(t, ds[0].Blames)
	assert.NotEmpty(t, ds[0].Remedy)
	assert.NotEmpty(t, ds[0].RestsOn)
	return ds[0]
}

// A login in which nothing is wrong is given no cause: it is said what is in order.
func TestGoodCaptureBlamesNobody(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"okta", "entra"} {
		s := capturetest.NewScene(t, name, samepage.Options{})
		d := only(t, analyzed(t, s, s.Login(t, s.Reply()), s.IdPDoc), "D40")
		assert.Contains(t, d.Cause, "No failure was seen")
		for _, excluded := range []string{"audience", "recipient and destination", "clocks", "signature"} {
			assert.Contains(t, d.Cause, excluded)
		}
	}
}

// refused gives the entries of a login that the identity provider refuses.
func refused(t *testing.T, s *capturetest.Scene, change func(*idp.Reply)) []capturetest.Entry {
	t.Helper()
	r := s.Reply()
	change(&r)
	es := s.Login(t, r)
	require.Negative(t, capturetest.Answering(es), "no response was posted")
	return es
}

func TestReplyURL(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "entra", samepage.Options{})
	acs := s.Profile.ACS[0]
	es := refused(t, s, func(r *idp.Reply) { r.SP.ACS = []string{acs + "/"} })
	d := only(t, analyzed(t, s, es, s.IdPDoc), "D01")
	assert.Contains(t, d.Remedy, "exactly this Reply URL to the Entra app (Single sign-on > Basic SAML Configuration): "+acs+".")
	assert.Contains(t, d.Remedy, "The app's metadata names it, too")
	assert.Contains(t, d.Remedy, "Correlation Id", "Microsoft's support asks for it")

	// Where the app's metadata has another address, the place is named.
	other, err := metadata.Parse(bytes.ReplaceAll(s.SPDoc.Raw, []byte(acs), []byte(acs+"2")), "sp.xml")
	require.NoError(t, err)
	d = only(t, analyzedAs(t, other, s.IdPDoc, es), "D01")
	assert.Regexp(t, `they part at character \d+: nothing more in the first, "2" in the second`, d.Remedy)
}

func TestIdentifier(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "entra", samepage.Options{})
	es := refused(t, s, func(r *idp.Reply) { r.SP.EntityID = "https://other.example" })
	d := only(t, analyzed(t, s, es, s.IdPDoc), "D02")
	assert.Contains(t, d.Remedy, "exactly this: "+s.SPDoc.EntityID())
}

func TestPeopleAtTheIdentityProvider(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		face, id string
		change   func(*idp.Directory) error
	}{
		{"entra", "D03", func(d *idp.Directory) error { return d.Unassign("known") }},
		{"okta", "D03", func(d *idp.Directory) error { return d.Unassign("known") }},
		{"entra", "D04", func(d *idp.Directory) error { return d.Disable("known") }},
	} {
		s := capturetest.NewScene(t, c.face, samepage.Options{})
		dir := idp.NewDirectory(capturetest.Alice())
		require.NoError(t, c.change(dir))
		es := refused(t, s, func(r *idp.Reply) { r.Directory = dir })
		d := only(t, analyzed(t, s, es, s.IdPDoc), c.id)
		assert.Contains(t, d.Cause+d.Remedy, "never saw this login")
	}
}

var anyCode = regexp.MustCompile(`AADSTS\d+|"iErrorCode":"\d+"`)

// coded is a refused login whose page shows the code. Where scripted, only the
// page's script holds the words, as on Microsoft's own page.
func coded(es []capturetest.Entry, code string, scripted bool) []capturetest.Entry {
	out := append([]capturetest.Entry(nil), es...)
	last := &out[len(out)-1]
	last.Body = anyCode.ReplaceAll(last.Body, []byte("AADSTS"+code))
	if scripted {
		last.Body = []byte(`<!DOCTYPE html><html><head><title>Sign in to your account</title><script>$Config={"pgid":"ConvergedError","iErrorCode":` + code +
			`,"strServiceExceptionMessage":"AADSTS` + code + `: Some words \u0027of the day\u0027."};</script></head><body></body></html>`)
	}
	return out
}

// Every code of docs/diagnosis.md is recognised, on a page that was drawn and on
// one that only a script would draw; by its number, whatever the words.
func TestEveryCode(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "entra", samepage.Options{})
	es := refused(t, s, func(r *idp.Reply) { r.SP.EntityID = "https://other.example" })
	for code, id := range map[string]string{
		"50011": "D01", "650056": "D02", "65005": "D02", "700011": "D02", "700016": "D02", "50105": "D03", "50057": "D04", "75011": "D05",
		"75005": "D06", "750054": "D06", "75008": "D06", "75001": "D06", "75003": "D06", "7500514": "D06", "7500529": "D06", "90102": "D06", "90107": "D06",
		"75016": "D07", "900236": "D07", "76021": "D08", "76026": "D08", "501241": "D09",
		"50107": "AADSTS50107", "50146": "AADSTS50146", "50003": "AADSTS50003", "50061": "AADSTS50061", "50068": "AADSTS50068",
		"50070": "AADSTS50070", "50071": "AADSTS50071", "90011": "AADSTS90011", "75006": "AADSTS75006", "1234567": "AADSTS1234567",
	} {
		for _, scripted := range []bool{false, true} {
			d := only(t, analyzed(t, s, coded(es, code, scripted), s.IdPDoc), id)
			assert.Contains(t, d.ID+d.Cause, code)
			assert.Equal(t, code == "1234567", strings.Contains(d.Cause, "does not know"), code)
		}
	}
}

// The near miss of all pages: an application that quotes a number is no refusal
// of the identity provider, and a page without a code is not given one.
func TestNoCodeNoRow(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "entra", samepage.Options{})
	es := refused(t, s, func(r *idp.Reply) { r.SP.EntityID = "https://other.example" })
	last := &es[len(es)-1]
	last.Body = []byte("<html><body><p>Error 50011: something else</p></body></html>")
	d := only(t, analyzed(t, s, es, s.IdPDoc), "D40")
	assert.Contains(t, d.Cause, "ended at the identity provider")
}

func TestOktaPages(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "okta", samepage.Options{})
	acs := s.Profile.ACS[0]
	es := refused(t, s, func(r *idp.Reply) { r.SP.ACS = []string{acs + "/"} })
	require.Equal(t, 400, es[len(es)-1].Status)
	d := only(t, analyzed(t, s, es, s.IdPDoc), "D40")
	assert.Contains(t, d.Remedy, acs, "the page does not say why; what to compare is named")
	other, err := metadata.Parse(bytes.ReplaceAll(s.SPDoc.Raw, []byte(acs), []byte(acs+"2")), "sp.xml")
	require.NoError(t, err)
	assert.Contains(t, only(t, analyzedAs(t, other, s.IdPDoc, es), "D01").Remedy, "Other Requestable SSO URLs: "+acs)

	gone := append([]capturetest.Entry(nil), es...)
	last := &gone[len(gone)-1]
	last.Status = 404
	last.URL = strings.Replace(last.URL, "/sso/saml", "x/sso/saml", 1)
	gone[len(gone)-2].Given.Set("Location", last.URL)
	d = only(t, analyzed(t, s, gone, s.IdPDoc), "D06")
	assert.Contains(t, d.Remedy, s.IdPDoc.SSO()[0].Location)
}

// D10 and D11: who signed, by the metadata. An older certificate in the metadata
// means that it was changed since.
func TestCertificate(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "entra", samepage.Options{})
	es := s.Login(t, s.Reply())
	p, err := face.New("entra", target.IdP{})
	require.NoError(t, err)
	made := func(at time.Time) *metadata.Doc {
		i, err := idp.New(p, idp.Options{Now: func() time.Time { return at }})
		require.NoError(t, err)
		doc, err := metadata.Parse(i.Metadata(), "entra")
		require.NoError(t, err)
		return doc
	}
	d := only(t, analyzed(t, s, es, made(time.Now().AddDate(0, 1, 0))), "D10")
	assert.Contains(t, d.Remedy, "thumbprint")
	d = only(t, analyzed(t, s, es, made(time.Now().AddDate(-1, 0, 0))), "D11")
	assert.Contains(t, d.Cause, "the younger one")
	only(t, analyzed(t, s, es, s.IdPDoc), "D40")
}

// What the response says, against where it went and what the app calls itself.
func TestWhatTheResponseSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, id, says string
		change         forge.Mutation
	}{
		{"audience", "D14", `they part at character`, forge.Reworded("Audience", "", forge.SlashOtherwise)},
		{"recipient", "D15", "Recipient says", forge.Reworded("SubjectConfirmationData", "Recipient", forge.SlashOtherwise)},
		{"not yet valid", "D19", "not yet valid", forge.ValidFrom(time.Hour)},
		{"expired", "D19", "has expired", forge.ValidUntil(time.Hour)},
		{"SHA-1", "D13", "rsa-sha1", forge.SignedSHA1()},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := capturetest.NewScene(t, "entra", samepage.Options{})
			r := s.Reply()
			r.Forge = []forge.Mutation{c.change}
			d := only(t, analyzed(t, s, s.Login(t, r), s.IdPDoc), c.id)
			assert.Contains(t, d.Cause+d.Remedy, c.says)
		})
	}
}

// D13's near miss: an HMAC-SHA1 is a forgery, not a setting of an identity
// provider.
func TestAnHMACIsNotBlamedOnTheSigningAlgorithm(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "entra", samepage.Options{})
	r := s.Reply()
	r.Forge = []forge.Mutation{forge.HMACKeyedWithCertificate(forge.CertificatePEM, true)}
	only(t, analyzed(t, s, s.Login(t, r), s.IdPDoc), "D40")
}

// D16: the cookie that was kept back, and the login that failed.
func TestStateCookie(t *testing.T) {
	t.Parallel()
	lax := capturetest.NewScene(t, "okta", samepage.Options{Defects: []samepage.Defect{samepage.DefectLaxRequest}})
	es := lax.Login(t, lax.Reply())
	// An export in which no request brings any cookie has none: nothing can be said.
	d := only(t, analyzed(t, lax, es, lax.IdPDoc), "D40")
	assert.NotContains(t, d.Cause, "cookie")

	es[0].Asked = es[0].Asked.Clone()
	es[0].Asked.Set("Cookie", "theme=dark")
	d = only(t, analyzed(t, lax, es, lax.IdPDoc), "D16")
	assert.Contains(t, d.Cause, "SameSite=Lax")
}

// D38, and its near miss: another error of the app's.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "okta", samepage.Options{})
	es := s.Login(t, s.Reply())
	i := capturetest.Answering(es)
	es = es[:i+1]
	es[i].Status, es[i].Given = 413, nil
	only(t, analyzed(t, s, es, s.IdPDoc), "D38")
	es[i].Status = 500
	d := only(t, analyzed(t, s, es, s.IdPDoc), "D40")
	assert.Contains(t, d.Cause, "answered 500")
}

// D40 of a refusal that nothing explains: somebody whom the app does not know.
func TestNotDecidedListsWhatWasExcluded(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScene(t, "okta", samepage.Options{})
	r := s.Reply()
	r.Person = idp.Person{NameID: "nobody@acme.example", Email: "nobody@acme.example", GivenName: "No", Surname: "Body"}
	d := only(t, analyzed(t, s, s.Login(t, r), s.IdPDoc), "D40")
	assert.Contains(t, d.Cause, "Not decided")
	assert.Contains(t, d.Cause, "the audience")
	assert.Contains(t, d.Cause, "the signature (verified")
	assert.Contains(t, d.Remedy, "thumbprint")
}

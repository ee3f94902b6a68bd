package forge_test

import (
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
)

// fault is one mutation with exactly what it changes and what it cannot do without.
type fault struct {
	m      forge.Mutation
	signed string   // how the response must be signed
	lacks  string   // element without which there is nothing to change
	okta   []string // the change, see changed
	entra  []string // the same for the other face; nil where it is equal
}

func conditionFaults() []fault {
	return []fault{
		{m: forge.Audience("https://other.example/sp"), lacks: "Audience", okta: []string{
			"-AudienceRestriction/Audience=https://sp.example/saml", "+AudienceRestriction/Audience=https://other.example/sp"}},
		{m: forge.NoAudience(), lacks: "AudienceRestriction", okta: []string{
			"-Conditions/AudienceRestriction", "-AudienceRestriction/Audience", "-AudienceRestriction/Audience=https://sp.example/saml"}},
		{m: forge.ConditionsExpired(time.Hour), lacks: "Conditions",
			okta: []string{
				"-Assertion/Conditions@NotBefore=2026-03-01T09:55:00.123Z", "-Assertion/Conditions@NotOnOrAfter=2026-03-01T10:05:00.123Z",
				"+Assertion/Conditions@NotBefore=2026-03-01T08:50:00.123Z", "+Assertion/Conditions@NotOnOrAfter=2026-03-01T09:00:00.123Z"},
			entra: []string{
				"-Assertion/Conditions@NotBefore=2026-03-01T09:55:00Z", "-Assertion/Conditions@NotOnOrAfter=2026-03-01T11:00:00Z",
				"+Assertion/Conditions@NotBefore=2026-03-01T07:55:00Z", "+Assertion/Conditions@NotOnOrAfter=2026-03-01T09:00:00Z"}},
		{m: forge.NotYetValid(time.Hour), lacks: "Conditions",
			okta: []string{
				"-Assertion/Conditions@NotBefore=2026-03-01T09:55:00.123Z", "-Assertion/Conditions@NotOnOrAfter=2026-03-01T10:05:00.123Z",
				"+Assertion/Conditions@NotBefore=2026-03-01T11:00:00.123Z", "+Assertion/Conditions@NotOnOrAfter=2026-03-01T11:10:00.123Z"},
			entra: []string{
				"-Assertion/Conditions@NotBefore=2026-03-01T09:55:00Z", "-Assertion/Conditions@NotOnOrAfter=2026-03-01T11:00:00Z",
				"+Assertion/Conditions@NotBefore=2026-03-01T11:00:00Z", "+Assertion/Conditions@NotOnOrAfter=2026-03-01T12:05:00Z"}},
	}
}

func confirmationFaults() []fault {
	const data = "SubjectConfirmation/SubjectConfirmationData"
	return []fault{
		{m: forge.Recipient("https://other.example/acs"), lacks: "SubjectConfirmationData", okta: []string{
			"-" + data + "@Recipient=https://sp.example/acs", "+" + data + "@Recipient=https://other.example/acs"}},
		{m: forge.ConfirmationExpired(time.Hour), lacks: "SubjectConfirmationData",
			okta:  []string{"-" + data + "@NotOnOrAfter=2026-03-01T10:05:00.123Z", "+" + data + "@NotOnOrAfter=2026-03-01T09:00:00.123Z"},
			entra: []string{"-" + data + "@NotOnOrAfter=2026-03-01T11:00:00Z", "+" + data + "@NotOnOrAfter=2026-03-01T09:00:00Z"}},
		{m: forge.InResponseTo("unknown-1"), lacks: "Response", okta: []string{
			"-/Response@InResponseTo=req-1", "-" + data + "@InResponseTo=req-1",
			"+/Response@InResponseTo=unknown-1", "+" + data + "@InResponseTo=unknown-1"}},
		{m: forge.NoSubjectConfirmation(), lacks: "SubjectConfirmation",
			okta: []string{"-Subject/SubjectConfirmation", "-Subject/SubjectConfirmation@Method=urn:oasis:names:tc:SAML:2.0:cm:bearer",
				"-" + data, "-" + data + "@InResponseTo=req-1", "-" + data + "@NotOnOrAfter=2026-03-01T10:05:00.123Z",
				"-" + data + "@Recipient=https://sp.example/acs"},
			entra: []string{"-Subject/SubjectConfirmation", "-Subject/SubjectConfirmation@Method=urn:oasis:names:tc:SAML:2.0:cm:bearer",
				"-" + data, "-" + data + "@InResponseTo=req-1", "-" + data + "@NotOnOrAfter=2026-03-01T11:00:00Z",
				"-" + data + "@Recipient=https://sp.example/acs"}},
		{m: forge.Method("urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"), lacks: "SubjectConfirmation", okta: []string{
			"-Subject/SubjectConfirmation@Method=urn:oasis:names:tc:SAML:2.0:cm:bearer",
			"+Subject/SubjectConfirmation@Method=urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"}},
	}
}

func envelopeFaults() []fault {
	return []fault{
		{m: forge.Destination("https://other.example/acs"), lacks: "Response", okta: []string{
			"-/Response@Destination=https://sp.example/acs", "+/Response@Destination=https://other.example/acs"}},
		{m: forge.IssuerResponse("https://other.example/idp"), lacks: "Response",
			okta:  []string{"-Response/Issuer=http://www.okta.com/exk1", "+Response/Issuer=https://other.example/idp"},
			entra: []string{"-Response/Issuer=https://sts.windows.net/t/", "+Response/Issuer=https://other.example/idp"}},
		{m: forge.IssuerAssertion("https://other.example/idp"), lacks: "Assertion",
			okta:  []string{"-Assertion/Issuer=http://www.okta.com/exk1", "+Assertion/Issuer=https://other.example/idp"},
			entra: []string{"-Assertion/Issuer=https://sts.windows.net/t/", "+Assertion/Issuer=https://other.example/idp"}},
		{m: forge.Status("urn:oasis:names:tc:SAML:2.0:status:Responder"), lacks: "Status", okta: []string{
			"-Status/StatusCode@Value=urn:oasis:names:tc:SAML:2.0:status:Success",
			"+Status/StatusCode@Value=urn:oasis:names:tc:SAML:2.0:status:Responder"}},
		{m: forge.VersionResponse("1.1"), lacks: "Response", okta: []string{"-/Response@Version=2.0", "+/Response@Version=1.1"}},
		{m: forge.VersionAssertion("1.1"), lacks: "Assertion", okta: []string{
			"-Response/Assertion@Version=2.0", "+Response/Assertion@Version=1.1"}},
	}
}

func signatureFaults() []fault {
	return []fault{
		{m: forge.Tampered(), signed: "assertion", lacks: "AuthnStatement",
			okta:  []string{"-Assertion/AuthnStatement@SessionIndex=id2", "+Assertion/AuthnStatement@SessionIndex=id0"},
			entra: []string{"-Assertion/AuthnStatement@SessionIndex=_2", "+Assertion/AuthnStatement@SessionIndex=_0"}},
		{m: forge.SignatureValueFlipped(), signed: "assertion", lacks: "SignatureValue", okta: []string{
			"-ds:Signature/ds:SignatureValue=MTIzNDU2Nzg=", "+ds:Signature/ds:SignatureValue=MTIzNDA2Nzg="}},
		{m: forge.DigestFlipped(), signed: "response", lacks: "DigestValue", okta: []string{
			"-ds:Reference/ds:DigestValue=QUJDREVGR0g=", "+ds:Reference/ds:DigestValue=QUJDREAGR0g="}},
		{m: forge.EmptySignature(), signed: "assertion", lacks: "Signature", okta: []string{
			"-ds:Signature/ds:SignedInfo", "-ds:SignedInfo/ds:Reference", "-ds:Reference/ds:DigestValue",
			"-ds:Reference/ds:DigestValue=QUJDREVGR0g=", "-ds:Signature/ds:SignatureValue", "-ds:Signature/ds:SignatureValue=MTIzNDU2Nzg="}},
	}
}

func faults() []fault {
	all := append(conditionFaults(), confirmationFaults()...)
	return append(append(all, envelopeFaults()...), signatureFaults()...)
}

func TestEachMutationChangesOneThing(t *testing.T) {
	t.Parallel()
	for _, f := range faults() {
		for _, face := range faces() {
			t.Run(f.m.Name+"/"+face, func(t *testing.T) {
				t.Parallel()
				r := sample(t, face, f.signed)
				before := lines(r, "")
				require.NoError(t, f.m.Apply(r, context()))
				want := f.okta
				if face == "entra" && f.entra != nil {
					want = f.entra
				}
				assert.Equal(t, want, changed(before, lines(r, "")))

				assert.Error(t, f.m.Apply(sampleWithout(t, face, f), context()), "without %s it has nothing to change", f.lacks)
			})
		}
	}
}

// sampleWithout is the sample lacking every element that the fault needs.
func sampleWithout(t *testing.T, face string, f fault) *etree.Element {
	t.Helper()
	r := sample(t, face, f.signed)
	if f.lacks == "Response" {
		return etree.NewElement("Response") // another Response than SAML's
	}
	for _, e := range forge.FindAll(r, f.lacks) {
		e.Parent().RemoveChild(e)
	}
	return r
}

func TestAMutationNeverActsTwice(t *testing.T) {
	t.Parallel()
	flips := map[string]bool{ // the second flip changes another, or the same character again
		forge.Tampered().Name: true, forge.SignatureValueFlipped().Name: true, forge.DigestFlipped().Name: true,
	}
	for _, f := range faults() {
		if flips[f.m.Name] {
			continue
		}
		r := sample(t, "okta", f.signed)
		require.NoError(t, f.m.Apply(r, context()), f.m.Name)
		assert.Error(t, f.m.Apply(r, context()), f.m.Name)
	}
}

func TestNoAssertionAndNoAuthnStatement(t *testing.T) {
	t.Parallel()
	for _, face := range faces() {
		r := sample(t, face, "")
		require.NoError(t, forge.NoAuthnStatement().Apply(r, context()))
		assert.Empty(t, forge.FindAll(r, "AuthnStatement"))
		assert.Len(t, forge.FindAll(r, "AttributeStatement"), 1)
		require.Error(t, forge.NoAuthnStatement().Apply(r, context()))

		require.NoError(t, forge.NoAssertion().Apply(r, context()))
		assert.Empty(t, forge.FindAll(r, "Assertion"))
		assert.Len(t, forge.FindAll(r, "Status"), 1)
		require.Error(t, forge.NoAssertion().Apply(r, context()))
	}
}

func TestUnsolicitedClaimsToAnswer(t *testing.T) {
	t.Parallel()
	for _, face := range faces() {
		r := sample(t, face, "")
		for _, local := range []string{"Response", "SubjectConfirmationData"} {
			for _, e := range forge.FindAll(r, local) {
				e.RemoveAttr("InResponseTo")
			}
		}
		before := lines(r, "")
		require.NoError(t, forge.InResponseTo("x").Apply(r, context()))
		assert.Equal(t, []string{"+/Response@InResponseTo=x", "+SubjectConfirmation/SubjectConfirmationData@InResponseTo=x"},
			changed(before, lines(r, "")))
	}
}

func TestTamperingNeedsASignatureOverIt(t *testing.T) {
	t.Parallel()
	assert.ErrorContains(t, forge.Tampered().Apply(sample(t, "okta", ""), context()), "not covered")
	assert.NoError(t, forge.Tampered().Apply(sample(t, "okta", "response"), context()))
}

// TestNamesAreUnique: a name identifies a mutation in plans and reports.
func TestNamesAreUnique(t *testing.T) {
	t.Parallel()
	all := []forge.Mutation{
		forge.SignedByForeignKey(), forge.SignedByForeignKeyMasked(), forge.Unsigned(),
		forge.NoAssertion(), forge.NoAuthnStatement(),
		forge.WrapFirst(), forge.WrapLast(), forge.WrapResponse(), forge.LongerName(), forge.CommentInName(),
		forge.Audience("https://third.example/sp"), forge.ConditionsExpired(time.Minute),
	}
	for _, f := range faults() {
		all = append(all, f.m)
	}
	seen := map[string]bool{}
	for _, m := range all {
		assert.NotEmpty(t, m.Name)
		assert.False(t, seen[m.Name], "%q stands for two mutations", m.Name)
		seen[m.Name] = true
		assert.Equal(t, m.Stage == forge.Signing, m.Apply == nil, m.Name)
		assert.Equal(t, m.Stage == forge.Signing, m.Sign != forge.SignWell, m.Name)
	}
}

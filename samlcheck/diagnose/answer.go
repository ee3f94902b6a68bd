package diagnose

import (
	"crypto/sha1" //nolint:gosec // the thumbprint that Entra's portal shows
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

// answer is what a response says. What is encrypted is not seen.
type answer struct {
	destination             string
	audiences, recipients   []string
	notBefore, until        time.Time // zero where not said
	issued                  time.Time
	statuses, said          []string // status codes, outermost first; status messages
	signed, digests         []string // signature and digest algorithms
	inside                  []*x509.Certificate
	encrypted               bool
	recipientKeys           []*x509.Certificate // for whom it was encrypted, where it says so
	assertions              int
	attributes              []string
	responseSigned, aSigned bool
}

// readAnswer reads a response; nil where it is none.
func readAnswer(xml string) *answer {
	t, err := message.ParseTree([]byte(xml))
	if err != nil || !message.Is(t.Root, message.NSProtocol, "Response") {
		return nil
	}
	a := &answer{}
	a.destination, _ = message.Attr(t.Root, "Destination")
	a.issued = instant(t.Root, "IssueInstant")
	for _, e := range message.Descendants(message.Child(t.Root, message.NSProtocol, "Status"), message.NSProtocol, "StatusCode") {
		v, _ := message.Attr(e, "Value")
		a.statuses = append(a.statuses, v)
	}
	for _, e := range message.Descendants(t.Root, message.NSProtocol, "StatusMessage") {
		a.said = append(a.said, message.Text(e))
	}
	a.responseSigned = message.Child(t.Root, message.NSSignature, "Signature") != nil
	for _, e := range message.Children(t.Root, message.NSAssertion, "Assertion") {
		a.assertions++
		a.aSigned = a.aSigned || message.Child(e, message.NSSignature, "Signature") != nil
		a.readAssertion(e)
	}
	a.readSignatures(t.Root)
	for _, e := range message.Descendants(t.Root, message.NSXMLEnc, "EncryptedKey") {
		a.encrypted = true
		a.recipientKeys = append(a.recipientKeys, certificatesIn(e)...)
	}
	a.encrypted = a.encrypted || message.Child(t.Root, message.NSAssertion, "EncryptedAssertion") != nil
	return a
}

func (a *answer) readAssertion(e *etree.Element) {
	c := message.Child(e, message.NSAssertion, "Conditions")
	a.notBefore, a.until = instant(c, "NotBefore"), instant(c, "NotOnOrAfter")
	for _, x := range message.Descendants(c, message.NSAssertion, "Audience") {
		a.audiences = append(a.audiences, message.Text(x))
	}
	for _, x := range message.Descendants(e, message.NSAssertion, "SubjectConfirmationData") {
		if v, ok := message.Attr(x, "Recipient"); ok {
			a.recipients = append(a.recipients, v)
		}
		if end := instant(x, "NotOnOrAfter"); !end.IsZero() && (a.until.IsZero() || end.Before(a.until)) {
			a.until = end
		}
	}
	for _, x := range message.Descendants(e, message.NSAssertion, "Attribute") {
		v, _ := message.Attr(x, "Name")
		a.attributes = append(a.attributes, v)
	}
}

func (a *answer) readSignatures(root *etree.Element) {
	for _, e := range message.Descendants(root, message.NSSignature, "Signature") {
		s := message.ReadSignature(e.Parent())
		if s == nil || s.Element != e {
			continue
		}
		a.signed, a.digests = append(a.signed, s.SignatureAlgorithm), append(a.digests, s.DigestAlgorithm)
		a.inside = append(a.inside, certificatesIn(message.Child(e, message.NSSignature, "KeyInfo"))...)
	}
}

func certificatesIn(e *etree.Element) []*x509.Certificate {
	var out []*x509.Certificate
	for _, x := range message.Descendants(e, message.NSSignature, "X509Certificate") {
		der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(message.Text(x)), ""))
		if err != nil {
			continue
		}
		if c, err := x509.ParseCertificate(der); err == nil {
			out = append(out, c)
		}
	}
	return out
}

// validAt says whether the assertion is within its dates.
func (a *answer) validAt(t time.Time) bool {
	return (a.notBefore.IsZero() || !t.Before(a.notBefore)) && (a.until.IsZero() || t.Before(a.until))
}

func instant(e *etree.Element, name string) time.Time {
	v, ok := message.Attr(e, name)
	if !ok {
		return time.Time{}
	}
	t, err := metadata.ParseTime(v)
	if err != nil {
		return time.Time{}
	}
	return t
}

// thumbprint is a certificate's SHA-1 in the form that Entra and Windows show.
func thumbprint(c *x509.Certificate) string {
	sum := sha1.Sum(c.Raw) //nolint:gosec // see the import
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// key names a certificate for a person.
func key(c *x509.Certificate) string {
	return "thumbprint " + thumbprint(c) + ", valid until " + c.NotAfter.UTC().Format(time.DateOnly)
}

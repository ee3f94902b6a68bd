package samepage

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/crewjam/saml"
)

const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer"

// judging is one response being judged.
type judging struct {
	*message
	now     time.Time
	browser string // the value of the state cookie
	answers string // the request that it answers; "" when it was not asked for
	again   bool   // FlawReplay knows this response already

	anyMethod bool // FlawMethod
}

// rule is one thing that must hold. A flaw leaves out its own rule.
type rule struct {
	flaw  Flaw // "" for rules that no flaw breaks
	holds func(*Server, *judging) error
}

// rules is everything beyond the signature, in the order of the document.
func rules() []rule {
	return []rule{
		{FlawStatus, status},
		{"", envelope},
		{FlawIssuer, issuers},
		{FlawDestination, destination},
		{"", instants},
		{"", conditionsKnown},
		{FlawExpiry, times},
		{FlawAudience, audience},
		{"", confirmed},
		{FlawRecipient, recipient},
		{"", statements},
	}
}

// judge says who is asserted, or why nobody is. It turns a panic of a library
// into a refusal: goxmldsig and crewjam have both had such panics.
func (s *Server) judge(r *http.Request) (m *message, err error) {
	defer func() {
		if v := recover(); v != nil {
			m, err = nil, fmt.Errorf("samepage: panic: %v", v)
		}
	}()
	raw, err := decodeForm(r.PostForm)
	if err != nil {
		return nil, err
	}
	if m := s.presume(raw); m != nil {
		return m, nil
	}
	m, err = s.readMessage(raw)
	if err != nil {
		return nil, err
	}
	if err := s.checkSignatures(m); err != nil {
		return nil, err
	}
	if err := s.picky(m); err != nil {
		return nil, err
	}
	if err := s.takeLast(m); err != nil {
		return nil, err
	}
	j := &judging{message: m, now: s.opt.Now(), browser: cookie(r, stateCookie), anyMethod: s.flawed(FlawMethod)}
	j.again = s.flawed(FlawReplay) && s.hasSeen(m)
	if err := s.weigh(j); err != nil {
		return nil, err
	}
	return m, s.claim(j)
}

// weigh holds every rule against a message whose signatures are right.
func (s *Server) weigh(j *judging) error {
	if err := s.matchRequest(j); err != nil {
		return err
	}
	if err := s.throughCrewjam(j); err != nil {
		return err
	}
	for _, rule := range rules() {
		if rule.flaw != "" && s.flawed(rule.flaw) {
			continue
		}
		if err := rule.holds(s, j); err != nil {
			return err
		}
	}
	return nil
}

// throughCrewjam has crewjam judge the response, where it can be told about
// the flaws: it has no hook for a missing signature, Recipient, Destination
// and the times, and none for wrapping, comments, issuer, status and method.
func (s *Server) throughCrewjam(j *judging) error {
	for _, f := range []Flaw{
		FlawUnsigned, FlawRecipient, FlawDestination, FlawExpiry, FlawWrapFirst, FlawWrapLast, FlawComment, FlawIssuer,
		FlawStatus, FlawMethod,
	} {
		if s.flawed(f) {
			return nil
		}
	}
	sp := j.idp.provider
	sp.AllowIDPInitiated = j.answers == ""
	if v := s.verifier(); v != nil {
		sp.SignatureVerifier = v
	}
	sp.ValidateAudienceRestriction = func(*saml.Assertion) error {
		if s.flawed(FlawAudience) {
			return nil
		}
		return audience(s, j) // crewjam reads only the last Audience of a restriction
	}
	assertion, err := sp.ParseXMLResponse(j.raw, []string{j.answers}, sp.AcsURL)
	if err != nil {
		var invalid *saml.InvalidResponseError
		if errors.As(err, &invalid) && invalid.PrivateErr != nil {
			err = invalid.PrivateErr
		}
		return fmt.Errorf("samepage: crewjam: %w", err)
	}
	if assertion.ID != j.assertion.ID || assertion.Subject.NameID.Value != j.assertion.Subject.NameID.Value {
		return errors.New("samepage: crewjam reads another assertion than we do")
	}
	return nil
}

func status(_ *Server, j *judging) error {
	if code := j.response.Status.StatusCode.Value; code != saml.StatusSuccess {
		return fmt.Errorf("samepage: status %q", code)
	}
	return nil
}

func envelope(_ *Server, j *judging) error {
	if j.response.Version != "2.0" || j.assertion.Version != "2.0" {
		return errors.New("samepage: not SAML 2.0")
	}
	if j.response.ID == "" || j.assertion.ID == "" {
		return errors.New("samepage: response or assertion without ID")
	}
	return nil
}

func issuers(_ *Server, j *judging) error {
	all := []saml.Issuer{j.assertion.Issuer}
	if j.response.Issuer != nil {
		all = append(all, *j.response.Issuer)
	}
	for _, i := range all {
		if i.Value != j.idp.entityID {
			return fmt.Errorf("samepage: issuer %q", i.Value)
		}
		if i.Format != "" && i.Format != "urn:oasis:names:tc:SAML:2.0:nameid-format:entity" {
			return fmt.Errorf("samepage: issuer format %q", i.Format)
		}
	}
	return nil
}

func destination(s *Server, j *judging) error {
	if d := j.response.Destination; d != "" && d != s.at("/saml/acs") {
		return fmt.Errorf("samepage: destination %q", d)
	}
	return nil
}

// instants refuses what was issued long ago or in the future.
func instants(_ *Server, j *judging) error {
	for _, t := range []time.Time{j.response.IssueInstant, j.assertion.IssueInstant} {
		if t.Add(saml.MaxIssueDelay).Before(j.now) || t.Add(-saml.MaxClockSkew).After(j.now) {
			return fmt.Errorf("samepage: issued at %s", t.Format(time.RFC3339))
		}
	}
	return nil
}

// conditionsKnown refuses a condition that is not understood (Core 2.5.1.1).
func conditionsKnown(_ *Server, j *judging) error {
	for _, c := range child(j.assertionEl, nsAssertion, "Conditions").ChildElements() {
		if !is(c, nsAssertion, "AudienceRestriction") && !is(c, nsAssertion, "OneTimeUse") &&
			!is(c, nsAssertion, "ProxyRestriction") {
			return fmt.Errorf("samepage: condition %s is not understood", c.Tag)
		}
	}
	return nil
}

// times is every time of Conditions and of SubjectConfirmationData.
func times(_ *Server, j *judging) error {
	c := j.assertion.Conditions
	if err := window(j.now, c.NotBefore, c.NotOnOrAfter); err != nil {
		return fmt.Errorf("samepage: conditions: %w", err)
	}
	for _, data := range confirmations(j) {
		if err := window(j.now, data.NotBefore, data.NotOnOrAfter); err != nil {
			return fmt.Errorf("samepage: subject confirmation: %w", err)
		}
	}
	return nil
}

func window(now, from, until time.Time) error {
	switch {
	case until.IsZero():
		return errors.New("samepage: no NotOnOrAfter")
	case !now.Before(until.Add(saml.MaxClockSkew)):
		return fmt.Errorf("samepage: expired at %s", until.Format(time.RFC3339))
	case now.Before(from.Add(-saml.MaxClockSkew)):
		return fmt.Errorf("samepage: not valid before %s", from.Format(time.RFC3339))
	}
	return nil
}

// audience wants every restriction to name us, and one restriction at least.
func audience(s *Server, j *judging) error {
	restrictions := children(child(j.assertionEl, nsAssertion, "Conditions"), nsAssertion, "AudienceRestriction")
	if len(restrictions) == 0 {
		return errors.New("samepage: no AudienceRestriction")
	}
	for _, r := range restrictions {
		named := false
		for _, a := range children(r, nsAssertion, "Audience") {
			named = named || text(a) == s.at("/saml/metadata")
		}
		if !named {
			return errors.New("samepage: meant for another audience")
		}
	}
	return nil
}

// confirmed wants a bearer confirmation with data.
func confirmed(_ *Server, j *judging) error {
	if len(confirmations(j)) == 0 {
		return errors.New("samepage: no bearer confirmation with data")
	}
	return nil
}

func recipient(s *Server, j *judging) error {
	for _, data := range confirmations(j) {
		if data.Recipient != s.at("/saml/acs") {
			return fmt.Errorf("samepage: recipient %q", data.Recipient)
		}
	}
	return nil
}

// confirmations lists the data of the bearer confirmations. All of them must
// be good: one good one among bad ones is not how honest IdPs write.
func confirmations(j *judging) []*saml.SubjectConfirmationData {
	var found []*saml.SubjectConfirmationData
	for _, c := range j.assertion.Subject.SubjectConfirmations {
		if (c.Method == bearer || j.anyMethod) && c.SubjectConfirmationData != nil {
			found = append(found, c.SubjectConfirmationData)
		}
	}
	return found
}

func statements(_ *Server, j *judging) error {
	if len(j.assertion.AuthnStatements) == 0 {
		return errors.New("samepage: no AuthnStatement")
	}
	for _, a := range j.assertion.AuthnStatements {
		if a.AuthnInstant.Add(-saml.MaxClockSkew).After(j.now) {
			return errors.New("samepage: authenticated in the future")
		}
		if a.SessionNotOnOrAfter != nil && !j.now.Before(*a.SessionNotOnOrAfter) {
			return errors.New("samepage: the session at the idp is over")
		}
	}
	if strings.TrimSpace(j.assertion.Subject.NameID.Value) == "" {
		return errors.New("samepage: empty NameID")
	}
	return nil
}

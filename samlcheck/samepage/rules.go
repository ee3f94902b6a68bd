package samepage

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
)

// judging is one response being judged.
type judging struct {
	*message
	now     time.Time
	browser string // the value of the state cookie
	answers string // the request that it answers; "" when it was not asked for
	again   bool   // FlawReplay knows this response already
}

// rule is one thing that must hold. A rule speaks of what is there: that
// something is missing is a rule of its own, so that each can be left out alone.
type rule struct {
	flaw  Flaw   // leaves this rule out; "" for rules that no flaw breaks
	wrong string // what a service provider does that has not got the rule
	holds func(*Server, *judging) error
}

// rules is everything beyond signatures, requests and replay, in the order of
// the document.
func rules() []rule {
	return slices.Concat(envelopeRules(), statusRules(), assertionRules(), subjectRules(), conditionsRules(), statementRules())
}

// judge says who is asserted, or why nobody is. It turns a panic of a library
// into a refusal: goxmldsig and crewjam have both had such panics.
func (s *Server) judge(r *http.Request) (m *message, err error) {
	defer func() {
		if v := recover(); v != nil {
			m, err = nil, fmt.Errorf("samepage: panic: %v", v)
		}
	}()
	raw, err := s.delivered(r)
	if m := s.presume(raw, err); m != nil {
		return m, nil
	}
	if err != nil {
		return nil, err
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
	j := &judging{message: m, now: s.opt.Now(), browser: cookie(r, stateCookie)}
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

// withCrewjam are the flaws that crewjam can be told about, or that lie before
// or behind it. It has no hook for any other: under those the rules judge alone.
func withCrewjam() []Flaw {
	return []Flaw{
		FlawSignature, FlawAnyKey, FlawAudience, FlawInResponseTo, FlawOtherBrowser, FlawReplay, FlawNoAssertion, FlawErrors, FlawUnreadable,
		FlawRelayState, FlawByRedirect, FlawTwice,
	}
}

// throughCrewjam has crewjam judge the response, where it can be told about
// the flaws.
func (s *Server) throughCrewjam(j *judging) error {
	for _, f := range s.opt.Flaws {
		if !slices.Contains(withCrewjam(), f) {
			return nil
		}
	}
	if j.foreign || len(children(j.subject(), nsAssertion, "SubjectConfirmation")) > 1 { // it wants each of them to hold
		return nil
	}
	sp := j.idp.provider
	sp.AllowIDPInitiated = j.answers == ""
	if v := s.verifier(); v != nil {
		sp.SignatureVerifier = v
	}
	sp.ValidateAudienceRestriction = func(*saml.Assertion) error { return nil } // it reads only the last Audience of a restriction: the rules do better
	assertion, err := sp.ParseXMLResponse(j.raw, []string{j.answers}, sp.AcsURL)
	if err != nil {
		var invalid *saml.InvalidResponseError
		if errors.As(err, &invalid) && invalid.PrivateErr != nil {
			err = invalid.PrivateErr
		}
		return fmt.Errorf("samepage: crewjam: %w", err)
	}
	if assertion.ID != value(j.content, "ID") || assertion.Subject.NameID.Value != whole(j.nameID()) {
		return errors.New("samepage: crewjam reads another assertion than we do")
	}
	return nil
}

// value is an attribute's value; "" when there is none.
func value(el *etree.Element, name string) string {
	if el == nil {
		return ""
	}
	return el.SelectAttrValue(name, "")
}

// has says whether the attribute is there at all.
func has(el *etree.Element, name string) bool { return el != nil && el.SelectAttr(name) != nil }

// bare says that an element says nothing: no attributes, no children.
func bare(el *etree.Element) bool {
	if el == nil || len(el.ChildElements()) > 0 {
		return false
	}
	return !slices.ContainsFunc(el.Attr, func(a etree.Attr) bool { return a.Space != "xmlns" && a.Key != "xmlns" })
}

// moment reads an xs:dateTime. Without a zone it is UTC (Core 1.3.3).
func moment(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t, nil
	}
	t, err := time.Parse("2006-01-02T15:04:05.999999999", text)
	if err != nil {
		return t, fmt.Errorf("samepage: %q is not a time", text)
	}
	return t, nil
}

// readable wants an attribute, if it is there, to be a time.
func readable(el *etree.Element, name string) error {
	if !has(el, name) {
		return nil
	}
	_, err := moment(value(el, name))
	return err
}

// over wants the attribute's moment, if it can be read, not to have come.
func over(el *etree.Element, name string, now time.Time) error {
	if t, err := moment(value(el, name)); err == nil && !now.Before(t.Add(saml.MaxClockSkew)) {
		return fmt.Errorf("samepage: %s expired at %s", el.Tag, value(el, name))
	}
	return nil
}

// early wants the attribute's moment, if it can be read, to have come.
func early(el *etree.Element, name string, now time.Time) error {
	if t, err := moment(value(el, name)); err == nil && now.Before(t.Add(-saml.MaxClockSkew)) {
		return fmt.Errorf("samepage: %s is not valid before %s", el.Tag, value(el, name))
	}
	return nil
}

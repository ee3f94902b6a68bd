package samepage

import (
	"errors"
	"fmt"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
)

const formatEntity = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"

func envelopeRules() []rule {
	return []rule{
		{"response-id", "takes a response without an ID", func(_ *Server, j *judging) error { return named(j.root) }},
		{"response-version", "takes a response of any version", func(_ *Server, j *judging) error { return version(j.root) }},
		{"response-issue-instant", "takes a response that does not say when it was issued",
			func(_ *Server, j *judging) error { return dated(j.root) }},
		{"response-issue-time", "takes a response whenever it was issued", func(_ *Server, j *judging) error { return recent(j.root, j.now) }},
		{FlawDestination, "ignores Destination, where there is one", destination},
		{"destination-unsaid", "takes a signed response that names no Destination, or an empty one", destinationSaid},
		{"response-issuer", "ignores who issued the response", responseIssuer},
		{"response-issuer-unsaid", "takes a signed response that names no Issuer, or an empty one", responseIssuerSaid},
		{"issuer-format", "ignores the Format of Issuer", issuerFormat},
	}
}

func assertionRules() []rule {
	return []rule{
		{"assertion-id", "takes an assertion without an ID", func(_ *Server, j *judging) error { return named(j.content) }},
		{"assertion-version", "takes an assertion of any version", func(_ *Server, j *judging) error { return version(j.content) }},
		{"assertion-issue-instant", "takes an assertion that does not say when it was issued",
			func(_ *Server, j *judging) error { return dated(j.content) }},
		{"assertion-issue-time", "takes an assertion whenever it was issued", func(_ *Server, j *judging) error { return recent(j.content, j.now) }},
	}
}

func named(el *etree.Element) error {
	if value(el, "ID") == "" {
		return fmt.Errorf("samepage: %s without ID", el.Tag)
	}
	return nil
}

func version(el *etree.Element) error {
	if v := value(el, "Version"); v != "2.0" {
		return fmt.Errorf("samepage: %s of version %q", el.Tag, v)
	}
	return nil
}

func dated(el *etree.Element) error {
	_, err := moment(value(el, "IssueInstant"))
	return err
}

// recent refuses what was issued long ago or in the future.
func recent(el *etree.Element, now time.Time) error {
	t, err := moment(value(el, "IssueInstant"))
	if err == nil && (t.Add(saml.MaxIssueDelay).Before(now) || t.Add(-saml.MaxClockSkew).After(now)) {
		return fmt.Errorf("samepage: %s issued at %s", el.Tag, t.Format(time.RFC3339))
	}
	return nil
}

func destination(s *Server, j *judging) error {
	if d := value(j.root, "Destination"); d != "" && d != s.at("/saml/acs") {
		return fmt.Errorf("samepage: destination %q", d)
	}
	return nil
}

func destinationSaid(_ *Server, j *judging) error {
	signed := child(j.root, nsSignature, "Signature") != nil
	if value(j.root, "Destination") == "" && (signed || has(j.root, "Destination")) {
		return errors.New("samepage: no destination")
	}
	return nil
}

func responseIssuer(s *Server, j *judging) error {
	if by := text(child(j.root, nsAssertion, "Issuer")); by != "" && !s.sameIssuer(by, j.idp.entityID) {
		return fmt.Errorf("samepage: response issued by %q", by)
	}
	return nil
}

func responseIssuerSaid(_ *Server, j *judging) error {
	by := child(j.root, nsAssertion, "Issuer")
	signed := child(j.root, nsSignature, "Signature") != nil
	if text(by) == "" && (signed || by != nil) {
		return errors.New("samepage: the response names no issuer")
	}
	return nil
}

func issuerFormat(_ *Server, j *judging) error {
	for _, by := range []*etree.Element{child(j.root, nsAssertion, "Issuer"), child(j.content, nsAssertion, "Issuer")} {
		if has(by, "Format") && value(by, "Format") != formatEntity {
			return fmt.Errorf("samepage: issuer format %q", value(by, "Format"))
		}
	}
	return nil
}

package samepage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// narrowness is one thing that a good service provider takes and this one does
// not: the defect no-ID for the check acceptance/ID.
type narrowness struct {
	id     string
	refuse func(*message) bool
}

const (
	otherRecipient = "https://other.example/acs"
	otherAudience  = "https://other.example/sp"
)

// narrow lists them, in the order of the checks.
func narrow() []narrowness {
	return []narrowness{
		{"fraction-of-second", func(m *message) bool { return !strings.Contains(value(m.root, "IssueInstant"), ".") }},
		{"issuer-format", func(m *message) bool { return has(child(m.root, nsAssertion, "Issuer"), "Format") != byOkta(m) }},
		{"name-format", func(m *message) bool {
			return firstOf(m, "Attribute", func(e *etree.Element) bool { return has(e, "NameFormat") != byOkta(m) })
		}},
		{"value-type", func(m *message) bool {
			return firstOf(m, "AttributeValue", func(e *etree.Element) bool { return (e.SelectAttr("xsi:type") == nil) == byOkta(m) })
		}},
		{"authn-class-other", func(m *message) bool {
			return anyOf(m, "AuthnContextClassRef", func(e *etree.Element) bool { return strings.HasSuffix(e.Text(), ":X509") })
		}},
		{"nameid-persistent", func(m *message) bool { return strings.HasSuffix(value(m.nameID(), "Format"), ":persistent") }},
		{"nameid-email", func(m *message) bool { return strings.HasSuffix(value(m.nameID(), "Format"), ":emailAddress") }},
		{"nameid-transient", func(m *message) bool { return strings.HasSuffix(value(m.nameID(), "Format"), ":transient") }},
		{"nameid-unspecified", func(m *message) bool { return strings.HasSuffix(value(m.nameID(), "Format"), ":unspecified") }},
		{"confirmation-second", func(m *message) bool {
			return len(m.allConfirmations()) > 1 && forAnother(m.allConfirmations()[1])
		}},
		{"confirmation-last", func(m *message) bool {
			return len(m.allConfirmations()) > 1 && forAnother(m.allConfirmations()[0])
		}},
		{"confirmation-bare", func(m *message) bool {
			return anyOf(m, "SubjectConfirmation", func(e *etree.Element) bool { return len(e.ChildElements()) == 0 })
		}},
		{"address-own", func(m *message) bool { return value(m.data()[0], "Address") == "127.0.0.1" }},
		{"address-other", func(m *message) bool { return value(m.data()[0], "Address") == "192.0.2.1" }},
		{"audience-further", func(m *message) bool { return len(flat(m)) > 1 && flat(m)[0] != otherAudience }},
		{"audience-before", func(m *message) bool { return len(flat(m)) > 1 && flat(m)[0] == otherAudience }},
		{"attribute-unknown", func(m *message) bool { return withAttribute(m, "costCenter") }},
		{"attribute-name-odd", func(m *message) bool { return withAttribute(m, "urn:oid:2.5.4.11") }},
		{"value-empty", func(m *message) bool { return withAttribute(m, "department2") }},
		{"value-nested", func(m *message) bool {
			return anyOf(m, "AttributeValue", func(e *etree.Element) bool { return len(e.ChildElements()) > 0 })
		}},
		{"value-many", func(m *message) bool { return withAttribute(m, "projects") }},
		{"value-long", func(m *message) bool { return withAttribute(m, "title") }},
		{"value-wide", func(m *message) bool { return withAttribute(m, "office") }},
		{"prefixes-other", func(m *message) bool { return m.root.Space == "p1" }},
		{"white-space", func(m *message) bool { return strings.HasPrefix(m.root.Text(), "\n") }},
		{"key-info-missing", func(m *message) bool {
			return len(descendants(m.root, func(e *etree.Element) bool { return is(e, nsSignature, "KeyInfo") })) == 0
		}},
		{"rsa-sha384", func(m *message) bool { return signedBy(m, "rsa-sha384") }},
		{"rsa-sha512", func(m *message) bool { return signedBy(m, "rsa-sha512") }},
		{"advice", func(m *message) bool { return child(m.assertionEl, nsAssertion, "Advice") != nil }},
		{"extensions", func(m *message) bool { return child(m.root, nsProtocol, "Extensions") != nil }},
		{"one-time-use", func(m *message) bool { return child(m.conditions(), nsAssertion, "OneTimeUse") != nil }},
		{"proxy-restriction", func(m *message) bool { return child(m.conditions(), nsAssertion, "ProxyRestriction") != nil }},
		{"session-end", func(m *message) bool {
			return has(child(m.assertionEl, nsAssertion, "AuthnStatement"), "SessionNotOnOrAfter")
		}},
		{"statements-several", func(m *message) bool { return len(children(m.assertionEl, nsAssertion, "AuthnStatement")) > 1 }},
		{"skew-ahead", func(m *message) bool { return value(m.conditions(), "NotBefore") > value(m.root, "IssueInstant") }},
		{"skew-behind", func(m *message) bool { return value(m.conditions(), "NotOnOrAfter") < value(m.root, "IssueInstant") }},
		{"large-response", func(m *message) bool { return asserted(m) > 7<<10 }},
		{"long-value", func(m *message) bool {
			return anyOf(m, "Attribute", func(e *etree.Element) bool {
				return e.SelectAttrValue("Name", "") == "department" && len(e.ChildElements()) > 0 && len(text(e.ChildElements()[0])) > 60
			})
		}},
		{"groups-many", func(m *message) bool { return withAttribute(m, "memberOf") }},
	}
}

// narrowDefects names them. Those that are not told from the message alone are
// asked for where they are (sealing.go, delivered).
func narrowDefects() []Defect {
	var out []Defect
	for _, n := range narrow() {
		out = append(out, Defect("no-"+n.id))
	}
	return append(out, "no-base64-lines", "no-relay-state-unasked", "no-encrypted-aes128-gcm", "no-encrypted-aes256-gcm",
		"no-encrypted-aes256-cbc", "no-oaep-sha256", "no-oaep-mask-sha256", "no-oaep-all-sha256", "no-encrypted-nameid")
}

// narrowMinded refuses what such a defect does not take.
func (s *Server) narrowMinded(m *message) error {
	if len(s.opt.Defects) == 0 {
		return nil
	}
	for _, n := range narrow() {
		if s.defective(Defect("no-"+n.id)) && n.refuse(m) {
			return fmt.Errorf("samepage: %s is not taken here", n.id)
		}
	}
	return nil
}

func anyOf(m *message, local string, is func(*etree.Element) bool) bool {
	return slices.ContainsFunc(descendants(m.assertionEl, func(e *etree.Element) bool { return e.Tag == local }), is)
}

// firstOf looks at the first such element only, as a sample of the habit.
func firstOf(m *message, local string, is func(*etree.Element) bool) bool {
	all := descendants(m.assertionEl, func(e *etree.Element) bool { return e.Tag == local })
	return len(all) > 0 && is(all[0])
}

// forAnother says that a confirmation is for another service provider.
func forAnother(confirmation *etree.Element) bool {
	return value(child(confirmation, nsAssertion, "SubjectConfirmationData"), "Recipient") == otherRecipient
}

// byOkta tells the two faces apart, whose habits differ.
func byOkta(m *message) bool {
	return strings.Contains(text(child(m.content, nsAssertion, "Issuer")), "okta.com/")
}

// asserted is the length of all attribute values: what grows with a person's groups.
func asserted(m *message) int {
	n := 0
	for _, e := range descendants(m.assertionEl, func(e *etree.Element) bool { return e.Tag == "AttributeValue" }) {
		n += len(text(e))
	}
	return n
}

func withAttribute(m *message, attribute string) bool {
	return anyOf(m, "Attribute", func(e *etree.Element) bool { return e.SelectAttrValue("Name", "") == attribute })
}

func signedBy(m *message, suffix string) bool {
	return slices.ContainsFunc(descendants(m.root, func(e *etree.Element) bool { return is(e, nsSignature, "SignatureMethod") }),
		func(e *etree.Element) bool { return strings.HasSuffix(e.SelectAttrValue("Algorithm", ""), suffix) })
}

func flat(m *message) []string { return slices.Concat(m.audiences()...) }

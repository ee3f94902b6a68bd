package expect

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/schema"
	"example.com/samepage/samlcheck/transcript"
)

// FollowsSchema wants the whole document to be what SAML's schemas allow.
func FollowsSchema(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		for _, f := range schema.Validate(d.Root) {
			bad = append(bad, d.At(f.Element, f.Problem))
		}
		return None(bad, "the document follows SAML's schemas", "departures from SAML's schemas")
	}
}

// OneRole wants the role only once among those that speak SAML 2.0: readers
// differ in which of several they take.
func OneRole(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		for _, r := range message.Children(d.Entity, message.NSMetadata, d.Role.Tag) {
			if metadata.Speaks(r, message.NSProtocol) && r != d.Role {
				bad = append(bad, d.At(r, r.Tag))
			}
		}
		return None(bad, "there is one "+d.Role.Tag+" for SAML 2.0", "there is more than one "+d.Role.Tag+" for SAML 2.0")
	}
}

// EntityIDShort wants an entityID of at most 1024 characters.
func EntityIDShort(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		n := utf8.RuneCountInString(d.EntityID())
		if n > 1024 {
			bad = append(bad, d.At(d.Entity, fmt.Sprintf("%d characters", n)))
		}
		return None(bad, fmt.Sprintf("the entityID has %d characters", n), "the entityID is too long")
	}
}

// everywhere calls f with every element of the entity.
func everywhere(d Document, f func(*etree.Element)) {
	var walk func(*etree.Element)
	walk = func(e *etree.Element) {
		f(e)
		for _, k := range e.ChildElements() {
			walk(k)
		}
	}
	walk(d.Entity)
}

// lang is an element's xml:lang.
func lang(e *etree.Element) (string, bool) {
	for _, a := range e.Attr {
		if a.Space == "xml" && a.Key == "lang" {
			return a.Value, true
		}
	}
	return "", false
}

// localized says which elements carry a language.
func localized(e *etree.Element) bool {
	switch e.NamespaceURI() {
	case message.NSMetadata:
		return strings.HasPrefix(e.Tag, "Organization") && e.Tag != "Organization" || e.Tag == "ServiceName" || e.Tag == "ServiceDescription"
	case nsUI:
		return e.Tag == "DisplayName" || e.Tag == "Description" || e.Tag == "Keywords" || e.Tag == "InformationURL" || e.Tag == "PrivacyStatementURL"
	}
	return false
}

// LanguagesClear wants each localized element to name its language, and no two
// siblings the same.
func LanguagesClear(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		seen, n := map[string]bool{}, 0
		everywhere(d, func(e *etree.Element) {
			if !localized(e) {
				return
			}
			n++
			l, ok := lang(e)
			place := fmt.Sprintf("%p %s %s", e.Parent(), e.Tag, strings.ToLower(l))
			switch {
			case !ok:
				bad = append(bad, d.At(e, e.Tag+" without xml:lang"))
			case strings.TrimSpace(l) == "":
				bad = append(bad, d.At(e, e.Tag+" with an empty xml:lang"))
			case seen[place]:
				bad = append(bad, d.At(e, e.Tag+" a second time in "+l))
			}
			seen[place] = true
		})
		if n == 0 {
			return samlcheck.NotApplicable("nothing in it is in a language")
		}
		return None(bad, "each text names its language, and stands once in it", "languages that are missing or stand twice")
	}
}

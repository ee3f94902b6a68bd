package expect

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// Namespaces of the extensions to SAML metadata that are in wide use.
const (
	nsUI        = "urn:oasis:names:tc:SAML:metadata:ui"
	nsAttribute = "urn:oasis:names:tc:SAML:metadata:attribute"
	nsRPI       = "urn:oasis:names:tc:SAML:metadata:rpi"
	nsAlgorithm = "urn:oasis:names:tc:SAML:metadata:algsupport"
	nsDiscovery = "urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol"
	nsHoK       = "urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser"
)

func namespaceKnown(ns string) bool {
	switch ns {
	case message.NSMetadata, message.NSAssertion, message.NSProtocol, message.NSSignature, message.NSXMLEnc,
		nsUI, nsAttribute, nsRPI, nsAlgorithm, nsDiscovery, nsHoK,
		"http://www.w3.org/2009/xmldsig11#", "http://www.w3.org/2009/xmlenc11#", "http://www.w3.org/2001/04/xmldsig-more#", "http://www.w3.org/2001/10/xml-exc-c14n#",
		"urn:oasis:names:tc:SAML:profiles:SSO:request-init", "urn:oasis:names:tc:SAML:metadata:ext:query", "urn:oasis:names:tc:SAML:attribute:ext",
		"urn:oasis:names:tc:SAML:2.0:metadata:ext:subject-id", "urn:oasis:names:tc:SAML:2.0:protocol:ext:async-slo",
		"urn:mace:shibboleth:metadata:1.0", "http://refeds.org/metadata", "http://eduid.cz/schema/metadata/1.0", "http://id.incommon.org/metadata",
		"http://docs.oasis-open.org/wsfed/federation/200706", "http://docs.oasis-open.org/wsfed/authorization/200706", "http://www.w3.org/2005/08/addressing":
		return true
	}
	return false
}

// NamespacesKnown wants elements of namespaces that are in wide use.
func NamespacesKnown(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		seen := map[string]bool{}
		everywhere(d, func(e *etree.Element) {
			if ns := e.NamespaceURI(); !namespaceKnown(ns) && !seen[ns] {
				seen[ns] = true
				bad = append(bad, d.At(e, fmt.Sprintf("{%s}%s", ns, e.Tag)))
			}
		})
		return None(bad, "every namespace is in wide use", "namespaces that few readers know")
	}
}

// A home is where an extension belongs.
type home struct {
	ns, local string
	under     func(d Document, holder *etree.Element) bool // holder is the parent of the Extensions
	say       string
}

func homes() []home {
	entity := func(_ Document, holder *etree.Element) bool {
		return message.Is(holder, message.NSMetadata, "EntityDescriptor") || message.Is(holder, message.NSMetadata, "EntitiesDescriptor")
	}
	role := func(d Document, holder *etree.Element) bool {
		return holder != nil && strings.HasSuffix(holder.Tag, "Descriptor") && !entity(d, holder)
	}
	root := func(d Document, holder *etree.Element) bool { return holder == d.Root }
	named := func(local string) func(Document, *etree.Element) bool {
		return func(_ Document, holder *etree.Element) bool { return message.Is(holder, message.NSMetadata, local) }
	}
	return []home{
		{nsUI, "UIInfo", role, "belongs into the Extensions of a role"},
		{nsUI, "DiscoHints", named("IDPSSODescriptor"), "belongs into the Extensions of the IDPSSODescriptor"},
		{nsDiscovery, "DiscoveryResponse", named("SPSSODescriptor"), "belongs into the Extensions of the SPSSODescriptor"},
		{nsAttribute, "EntityAttributes", entity, "belongs into the Extensions of the entity"},
		{nsRPI, "RegistrationInfo", entity, "belongs into the Extensions of the entity"},
		{nsRPI, "PublicationInfo", root, "belongs into the Extensions of the document's root"},
		{nsRPI, "PublicationPath", root, "belongs into the Extensions of the document's root"},
	}
}

// misplaced says where an extension belongs, "" where it stands there.
func misplaced(d Document, e *etree.Element) string {
	for _, h := range homes() {
		if !message.Is(e, h.ns, h.local) {
			continue
		}
		if in := e.Parent(); !message.Is(in, message.NSMetadata, "Extensions") || !h.under(d, in.Parent()) {
			return h.say
		}
	}
	return ""
}

// ExtensionsInPlace wants the well-known extensions where readers look for them.
func ExtensionsInPlace(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		n := 0
		everywhere(d, func(e *etree.Element) {
			switch e.NamespaceURI() {
			case nsUI, nsDiscovery, nsAttribute, nsRPI:
				n++
			}
			if why := misplaced(d, e); why != "" {
				bad = append(bad, d.At(e, e.Tag+" "+why))
			}
		})
		if n == 0 {
			return samlcheck.NotApplicable("there are no such extensions")
		}
		return None(bad, "the extensions stand where readers look for them", "nobody looks for these here")
	}
}

// AlgorithmsInPlace wants announced algorithms in the Extensions of the entity
// or the role.
func AlgorithmsInPlace(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		if algorithms(d, func(e *etree.Element) {
			in := e.Parent()
			if !message.Is(in, message.NSMetadata, "Extensions") || in.Parent() == nil || !strings.HasSuffix(in.Parent().Tag, "Descriptor") {
				bad = append(bad, d.At(e, e.Tag))
			}
		}) == 0 {
			return samlcheck.NotApplicable("no signature algorithms are announced")
		}
		return None(bad, "the algorithms stand in the Extensions of entity or role", "outside of Extensions")
	}
}

// LogosFit wants logos that a login page can show: https, and with their size.
func LogosFit(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		n := 0
		everywhere(d, func(e *etree.Element) {
			if !message.Is(e, nsUI, "Logo") {
				return
			}
			n++
			url := message.Text(e)
			if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "data:image/") {
				bad = append(bad, d.At(e, url))
				return
			}
			for _, side := range []string{"height", "width"} {
				v, _ := message.Attr(e, side)
				if px, err := strconv.Atoi(v); err != nil || px < 1 {
					bad = append(bad, d.At(e, side+"="+v))
				}
			}
		})
		if n == 0 {
			return samlcheck.NotApplicable("there is no logo")
		}
		return None(bad, "logos come by https and name their size", "logos that login pages will not show")
	}
}

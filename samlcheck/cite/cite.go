// Package cite names the documents that a check may rest on and their clauses.
package cite

import "fmt"

// Source is one citable document.
type Source struct {
	Key   string // "core", "profiles"
	Title string
	URL   string
	Rank  Rank
}

// Rank says how much weight a source carries.
type Rank int

// Ranks.
const (
	Standard Rank = iota // OASIS, W3C, IETF
	Profile              // saml2int, a federation's rules
	Vendor               // an IdP vendor's manual
	Practice             // published attacks, house judgement
)

// Clause is one place in a document.
type Clause struct {
	Source  Source
	Section string // "2.5.1.4"
}

// At returns the clause of s with the given section number.
func (s Source) At(section string) Clause { return Clause{Source: s, Section: section} }

func (c Clause) String() string { return fmt.Sprintf("%s %s", c.Source.Title, c.Section) }

// Sources.
var (
	Core        = Source{Key: "core", Title: "SAML Core", URL: "https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf"}
	Bindings    = Source{Key: "bindings", Title: "SAML Bindings", URL: "https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf"}
	Profiles    = Source{Key: "profiles", Title: "SAML Profiles", URL: "https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf"}
	Metadata    = Source{Key: "metadata", Title: "SAML Metadata", URL: "https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf"}
	Errata      = Source{Key: "errata", Title: "SAML Errata", URL: "https://docs.oasis-open.org/security/saml/v2.0/errata05/os/saml-v2.0-errata05-os.html"}
	MetaIOP     = Source{Key: "mdiop", Title: "SAML Metadata Interoperability Profile", URL: "https://docs.oasis-open.org/security/saml/Post2.0/sstc-metadata-iop.html"}
	Kantara     = Source{Key: "kantara", Title: "Kantara SAML Implementation Profile", URL: "https://kantarainitiative.github.io/SAMLprofiles/fedinterop.html", Rank: Profile}
	SAML2Int    = Source{Key: "saml2int", Title: "Kantara SAML2int", URL: "https://kantarainitiative.github.io/SAMLprofiles/saml2int.html", Rank: Profile}
	Okta        = Source{Key: "okta", Title: "Okta: Application Integration Wizard SAML field reference", URL: "https://help.okta.com/en-us/content/topics/apps/aiw-saml-reference.htm", Rank: Vendor}
	Entra       = Source{Key: "entra", Title: "Microsoft Entra: single sign-on SAML protocol", URL: "https://learn.microsoft.com/en-us/entra/identity-platform/single-sign-on-saml-protocol", Rank: Vendor}
	EntraErrors = Source{Key: "entra-errors", Title: "Microsoft Entra authentication error codes", URL: "https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes", Rank: Vendor}
	XMLDSig     = Source{Key: "xmldsig", Title: "XML Signature", URL: "https://www.w3.org/TR/xmldsig-core1/"}
	BreakSAML   = Source{Key: "breaking-saml", Title: "On Breaking SAML: Be Whoever You Want to Be (USENIX Security 2012)", URL: "https://www.usenix.org/conference/usenixsecurity12/technical-sessions/presentation/somorovsky", Rank: Practice}
	CVE         = Source{Key: "cve", Title: "CVE", URL: "https://www.cve.org/", Rank: Practice}
	NIST        = Source{Key: "nist", Title: "NIST SP 800-131A Rev. 2", URL: "https://csrc.nist.gov/pubs/sp/800/131/a/r2/final", Rank: Practice}
	SCIM        = Source{Key: "scim", Title: "SCIM Protocol (RFC 7644)", URL: "https://www.rfc-editor.org/rfc/rfc7644"}
	HTTP        = Source{Key: "http", Title: "HTTP Semantics (RFC 9110)", URL: "https://www.rfc-editor.org/rfc/rfc9110"}
	HTTPStatus  = Source{Key: "http-status", Title: "Additional HTTP Status Codes (RFC 6585)", URL: "https://www.rfc-editor.org/rfc/rfc6585"}
	APICatalog  = Source{Key: "api-catalog", Title: "api-catalog: a well-known URI (RFC 9727)", URL: "https://www.rfc-editor.org/rfc/rfc9727"}
	House       = Source{Key: "house", Title: "samlcheck practice", URL: "https://example.com/samepage/docs/house-rules.md", Rank: Practice}
)

// Sources returns every source, standards first.
func Sources() []Source {
	return []Source{
		Core, Bindings, Profiles, Metadata, Errata, MetaIOP, XMLDSig, SCIM, HTTP, HTTPStatus, APICatalog, Kantara, SAML2Int,
		Okta, Entra, EntraErrors, BreakSAML, CVE, NIST, House,
	}
}

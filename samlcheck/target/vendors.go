package target

import (
	"fmt"
	"regexp"
	"time"
)

// Okta is the Okta face's tenant, and the app's settings in it, called as Okta
// calls them.
type Okta struct {
	Org                string           `yaml:"org" doc:"https://<org>.okta.example"`
	App                string           `yaml:"app" doc:"the app's name in its URLs"`
	Sign               string           `yaml:"sign" enum:"response,assertion,both" doc:"what is signed; both when left out"`
	SignatureAlgorithm string           `yaml:"signature_algorithm" enum:"RSA_SHA256,RSA_SHA1" doc:"RSA_SHA256 when left out"`
	SLO                bool             `yaml:"slo" doc:"enable single logout, which idp serve answers"`
	Encrypt            bool             `yaml:"encrypt" doc:"encrypt assertions, for the certificate in the service provider's metadata"`
	Encryption         string           `yaml:"encryption_algorithm" enum:"AES256_CBC,AES128_CBC,AES256_GCM,AES128_GCM" doc:"AES256_CBC when left out"`
	NameID             string           `yaml:"name_id" doc:"application username: email, username, user.<attribute> or a constant in double quotes"`
	NameIDFormat       string           `yaml:"name_id_format" doc:"emailAddress, persistent, transient, unspecified, or a URI; people.name_id_format wins"`
	Statements         []Statement      `yaml:"attribute_statements" doc:"what is sent, instead of what people.attributes says"`
	GroupStatements    []GroupStatement `yaml:"group_attribute_statements" doc:"attributes that hold groups"`
	SessionLifetime    string           `yaml:"session_lifetime" doc:"maximum app session lifetime, sent as SessionNotOnOrAfter: 8h"`
	Audience           string           `yaml:"audience" doc:"audience URI; the service provider's entityID when left out"`
	RelayState         string           `yaml:"default_relay_state" doc:"RelayState of an IdP-initiated login that has none"`
	Issuer             string           `yaml:"issuer" doc:"SAML issuer ID; http://www.okta.com/<key> when left out"`
}

// Statement is one attribute statement of Okta's.
type Statement struct {
	Name   string `yaml:"name" doc:"the attribute's name"`
	Format string `yaml:"name_format" enum:"unspecified,uri,basic" doc:"unspecified when left out"`
	Value  string `yaml:"value" doc:"user.email, user.firstName, user.<attribute>, or a constant in double quotes"`
}

// GroupStatement is one group attribute statement of Okta's.
type GroupStatement struct {
	Name   string `yaml:"name" doc:"the attribute's name"`
	Format string `yaml:"name_format" enum:"unspecified,uri,basic" doc:"unspecified when left out"`
	Filter string `yaml:"filter" enum:"starts_with,equals,contains,matches_regex" doc:"which groups; all when left out"`
	Value  string `yaml:"value" doc:"what the filter looks for"`
}

// Entra is the Entra face's tenant, and the application's settings in it.
type Entra struct {
	Tenant           string  `yaml:"tenant" doc:"the tenant's GUID"`
	Sign             string  `yaml:"sign" enum:"response,assertion,both" doc:"what is signed; assertion when left out"`
	SigningAlgorithm string  `yaml:"signing_algorithm" enum:"SHA-256,SHA-1" doc:"SHA-256 when left out"`
	Encrypt          bool    `yaml:"encrypt" doc:"token encryption, for the certificate in the service provider's metadata"`
	NameID           string  `yaml:"name_id" doc:"source of the unique user identifier: email, username, user.<attribute> or a constant in double quotes"`
	NameIDFormat     string  `yaml:"name_id_format" doc:"emailAddress, persistent, transient, unspecified, or a URI; people.name_id_format wins"`
	Claims           []Claim `yaml:"claims" doc:"what is sent beside what Entra always sends, instead of what people.attributes says"`
	GroupClaims      bool    `yaml:"group_claims" doc:"send groups; above 150 a link in their place"`
	Audience         string  `yaml:"audience" doc:"the service provider's identifier when left out"`
	RelayState       string  `yaml:"default_relay_state" doc:"RelayState of an IdP-initiated login that has none"`
}

// Claim is one claim of Entra's.
type Claim struct {
	Name   string `yaml:"name" doc:"the whole name, namespace and all"`
	Source string `yaml:"source" doc:"user.mail, user.userprincipalname, user.<attribute>, or a constant in double quotes"`
}

// Lifetime is SessionLifetime; 0 when there is none.
func (o Okta) Lifetime() time.Duration {
	d, err := time.ParseDuration(o.SessionLifetime)
	if err != nil {
		return 0
	}
	return d
}

var reference = regexp.MustCompile(`^(user\.[A-Za-z0-9_]+|"[^"]*")$`)

// sourced is a name in the file with where its value comes from.
type sourced struct{ key, name, ref string }

func (t *Target) checkVendors(d *decoder) {
	o, e := t.IdP.Okta, t.IdP.Entra
	if life := o.SessionLifetime; life != "" && o.Lifetime() <= 0 {
		d.bad(t.Line("idp.okta.session_lifetime"), "idp.okta.session_lifetime: %q is no length of time such as 8h or 30m", life)
	}
	for _, n := range []sourced{{key: "idp.okta.name_id", ref: o.NameID}, {key: "idp.entra.name_id", ref: e.NameID}} {
		if n.ref != "" && n.ref != "email" && n.ref != "username" && !reference.MatchString(n.ref) {
			d.bad(t.Line(n.key), "%s: %q is none of email, username, user.<attribute>, \"constant\"", n.key, n.ref)
		}
	}
	var all []sourced
	for i, s := range o.Statements {
		all = append(all, sourced{fmt.Sprintf("idp.okta.attribute_statements[%d].value", i), s.Name, s.Value})
	}
	for i, c := range e.Claims {
		all = append(all, sourced{fmt.Sprintf("idp.entra.claims[%d].source", i), c.Name, c.Source})
	}
	for i, g := range o.GroupStatements {
		key := fmt.Sprintf("idp.okta.group_attribute_statements[%d].name", i)
		all = append(all, sourced{key, g.Name, `"groups"`})
		t.checkFilter(d, fmt.Sprintf("idp.okta.group_attribute_statements[%d].value", i), g)
	}
	for _, n := range all {
		switch {
		case n.name == "":
			d.bad(t.Line(n.key), "%s: its name is missing", n.key)
		case !reference.MatchString(n.ref):
			d.bad(t.Line(n.key), "%s: %q is neither user.<attribute> nor a constant in double quotes", n.key, n.ref)
		}
	}
}

func (t *Target) checkFilter(d *decoder, key string, g GroupStatement) {
	if g.Filter != "" && g.Value == "" {
		d.bad(t.Line(key), "%s: the filter %s of %s looks for nothing", key, g.Filter, g.Name)
	}
	if g.Filter != "matches_regex" {
		return
	}
	if _, err := regexp.Compile(g.Value); err != nil {
		d.bad(t.Line(key), "%s: %q is no regular expression: %v", key, g.Value, err)
	}
}

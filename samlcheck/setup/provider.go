package setup

import (
	"crypto/sha256"
	"fmt"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

// Service is what to enter at the service provider about an identity provider,
// where it does not take metadata as a file or an address.
func Service(idp *metadata.Doc) []Field {
	f := &form{sp: idp, section: "The service provider's page"}
	f.need("Identity provider's entityID (issuer)", idp.EntityID(), "character by character", "download the metadata again", idp.Entity)
	var sso metadata.Endpoint
	for _, b := range []string{message.Redirect, message.POST} {
		for _, e := range idp.SSO() {
			if sso.Location == "" && e.Binding == b {
				sso = e
			}
		}
	}
	f.need("Sign-in URL (single sign-on service)", sso.Location, short(sso.Binding), "download the metadata again", sso.Element)
	for _, e := range idp.SLO(idp.IdP()) {
		f.add("Sign-out URL (single logout service)", e.Location, short(e.Binding), e.Element)
	}
	for _, c := range idp.Certificates(idp.IdP(), "signing") {
		if c.Cert != nil {
			sum := sha256.Sum256(c.DER)
			f.add("Certificate", fmt.Sprintf("the one until %s", c.Cert.NotAfter.UTC().Format("2006-01-02")), fmt.Sprintf("SHA-256 %X", sum), c.Element)
		}
	}
	return f.fields
}

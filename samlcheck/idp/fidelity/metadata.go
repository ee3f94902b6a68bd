package fidelity

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/message"
)

// compareMetadata renders an IdP's metadata again. Entra's is signed, so that a
// digest can prove it; Okta's is not, and is compared as bytes.
func compareMetadata(root *etree.Element, text []byte) (Report, error) {
	role := message.Child(root, nsMetadata, "IDPSSODescriptor")
	if role == nil {
		return Report{}, fmt.Errorf("fidelity: metadata without an IDPSSODescriptor: an identity provider's is wanted")
	}
	issuer, _ := message.Attr(root, "entityID")
	sso, _ := message.Attr(message.Child(role, nsMetadata, "SingleSignOnService"), "Location")
	switch {
	case strings.HasPrefix(issuer, "https://sts.windows.net/"):
		return entraMetadata(root, role, issuer, sso)
	case strings.HasPrefix(issuer, "http://www.okta.com/") || root.Space == "md" && strings.HasSuffix(sso, "/sso/saml"):
		return oktaMetadata(root, role, text, issuer, sso)
	}
	return Report{}, fmt.Errorf("fidelity: neither Okta's nor Entra's metadata: the entityID is %q", short(issuer))
}

func oktaMetadata(root, role *etree.Element, text []byte, issuer, sso string) (Report, error) {
	c := okta.Config{Issuer: issuer, SLO: message.Child(role, nsMetadata, "SingleLogoutService") != nil}
	// https://<host>/app/<name>/<key>/sso/saml
	if base, path, ok := strings.Cut(sso, "/app/"); ok {
		name, rest, _ := strings.Cut(path, "/")
		c.BaseURL, c.App, c.Catalog = base, name, true
		c.ExternalKey = strings.TrimSuffix(rest, "/sso/saml")
	}
	if formats := message.Children(role, nsMetadata, "NameIDFormat"); len(formats) == 1 {
		c.NameIDFormat = message.Text(formats[0])
	}
	ours, err := okta.New(c).Metadata(idp.Signer{Cert: certificate(role)})
	if err != nil {
		return Report{}, err
	}
	r := Report{Face: "okta", Document: "metadata"}
	if bytes.Equal(bytes.TrimSpace(text), ours) {
		r.Era = "since about 2020"
		r.Parts = []Part{{Of: "metadata", Result: Identical, Because: "byte for byte"}}
		return r, nil
	}
	mine, err := message.ParseTree(ours)
	if err != nil {
		return Report{}, fmt.Errorf("fidelity: %w", err)
	}
	o, _ := vendors()
	h := habitOf(o, root)
	r.Era = h.era
	return r, r.part("metadata", root, mine.Root, h)
}

func entraMetadata(root, role *etree.Element, issuer, sso string) (Report, error) {
	_, v := vendors()
	tenant := strings.Trim(strings.TrimPrefix(issuer, "https://sts.windows.net/"), "/")
	var certs [][]byte
	for _, e := range message.Descendants(role, nsSignature, "X509Certificate") {
		if der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(e.Text()), "")); err == nil {
			certs = append(certs, der)
		}
	}
	id, _ := message.Attr(root, "ID")
	p := entra.New(entra.Config{Tenant: tenant, BaseURL: strings.TrimSuffix(sso, "/"+tenant+"/saml2")})
	ours := p.Document(id, certs...).Root()
	if err := borrow(root, ours, forge.Style{}); err != nil {
		return Report{}, err
	}
	r := Report{Face: "entra", Document: "metadata"}
	return r, r.part("metadata", root, ours, habitOf(v, root))
}

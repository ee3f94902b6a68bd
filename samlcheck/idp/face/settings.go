package face

import (
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/target"
)

func oktaSettings(c target.Okta) okta.Settings {
	s := okta.Settings{
		NameID: named(c.NameID, "user.email", "user.login"), NameIDFormat: c.NameIDFormat, SessionLifetime: c.Lifetime(),
		Audience: c.Audience, RelayState: c.RelayState, Encrypt: c.Encrypt,
		EncryptionAlgorithm: map[string]string{
			"AES128_CBC": forge.AES128CBC, "AES256_CBC": forge.AES256CBC, "AES128_GCM": forge.AES128GCM, "AES256_GCM": forge.AES256GCM,
		}[c.Encryption],
	}
	for _, a := range c.Statements {
		s.Statements = append(s.Statements, okta.Statement{Name: a.Name, Format: a.Format, Value: idp.Reference(a.Value)})
	}
	for _, g := range c.GroupStatements {
		s.GroupStatements = append(s.GroupStatements, okta.GroupStatement{Name: g.Name, Format: g.Format, Filter: g.Filter, Value: g.Value})
	}
	return s
}

func entraSettings(c target.Entra) entra.Settings {
	s := entra.Settings{
		NameID: named(c.NameID, "user.mail", "user.userprincipalname"), NameIDFormat: c.NameIDFormat,
		GroupClaims: c.GroupClaims, Audience: c.Audience, RelayState: c.RelayState, Encrypt: c.Encrypt,
	}
	if c.Claims != nil {
		s.Claims = []entra.Claim{} // an empty list is an administrator who deleted them all
	}
	for _, a := range c.Claims {
		s.Claims = append(s.Claims, entra.Claim{Name: a.Name, Source: idp.Reference(a.Source)})
	}
	return s
}

// named gives the vendor's reference for the two short names.
func named(source, email, username string) idp.Reference {
	switch source {
	case "email":
		return idp.Reference(email)
	case "username":
		return idp.Reference(username)
	}
	return idp.Reference(source)
}

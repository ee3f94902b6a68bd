module example.com/samepage/interop/samlsp048

go 1.26

require github.com/crewjam/saml v0.4.8

require (
	github.com/beevik/etree v1.1.0 // indirect
	github.com/crewjam/httperr v0.2.0 // indirect
	github.com/golang-jwt/jwt/v4 v4.4.2 // indirect
	github.com/jonboulle/clockwork v0.2.2 // indirect
	github.com/mattermost/xml-roundtrip-validator v0.1.0 // indirect
	github.com/pkg/errors v0.9.1 // indirect
	github.com/russellhaering/goxmldsig v1.1.1 // indirect
	golang.org/x/crypto v0.0.0-20220128200615-198e4374d7ed // indirect
)

package aggregate

import (
	"strings"
	"time"
)

// entity is the one that is being read.
type entity struct {
	id      string
	line    int
	depth   int
	contact bool // a technical or support contact
	roles   []role
	orgs    []organization
	until   []validity // of the entity and what is around it
}

type organization struct {
	line                     int
	name, displayName, atURL bool
}

type validity struct {
	text string
	line int
}

type place struct {
	line int
	text string
}

// kind of a role.
type kind uint8

const (
	otherRole kind = iota
	serviceProvider
	identityProvider
)

// role is one SPSSODescriptor or IDPSSODescriptor.
type role struct {
	kind          kind
	line          int
	protocols     string
	until         *validity
	signsRequests bool
	endpoints     []endpoint
	formats       []place
	keys          []key
	encryptable   bool // a key for encryption, or for both
	signing       bool
}

// endpoint is one of a role's services.
type endpoint struct {
	local, binding, location, response, index string
	isDefault                                 bool
	line                                      int
}

// key is one certificate of a KeyDescriptor.
type key struct {
	use  string
	line int
	cert *certificate
}

func (k key) serves(use string) bool { return k.use == use || k.use == "" }

func (r *role) services(local string) []endpoint {
	var out []endpoint
	for _, e := range r.endpoints {
		if e.local == local {
			out = append(out, e)
		}
	}
	return out
}

func (r *role) speaksSAML2() bool {
	for p := range strings.FieldsSeq(r.protocols) {
		if p == protocol {
			return true
		}
	}
	return false
}

// current says whether the key's certificate includes the moment.
func (k key) current(now time.Time) bool {
	return !now.Before(k.cert.from) && !now.After(k.cert.to)
}

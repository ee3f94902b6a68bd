package trial

// Delivery says how a response is brought to the service provider, where that
// is not the way of the face.
type Delivery string

// Deliveries.
const (
	ByForm     Delivery = ""                             // a page of the IdP that posts itself
	ByRedirect Delivery = "by the HTTP-Redirect binding" // deflated, in the query of a GET
	Twice      Delivery = "in two SAMLResponse fields"   // both hold the same
	NoResponse Delivery = "without a SAMLResponse field" // only RelayState comes
	NotBase64  Delivery = "as no base64"                 // the field holds what is none
	NotXML     Delivery = "as no XML"                    // the field holds a sentence in base64
	Wrapped    Delivery = "in base64 with line ends"     // as MIME has it (Bindings 3.5.4)
	Held       Delivery = "not at all"                   // made and kept back, for a later Resend
)

// Elsewhere is a host that nobody has (RFC 2606). Whatever goes there stays on
// this machine: the actor answers for it.
const Elsewhere = "elsewhere.samlcheck.invalid"

// Script is a RelayState that would run in the page, if anybody made a link of
// it. It does nothing.
const Script = "javascript:void('samlcheck')"

// brought is the delivery in words, for Login's String.
func (a Login) brought() string {
	s := ""
	if a.Bring != ByForm {
		s += ", brought " + string(a.Bring)
	}
	if a.Relay != "" {
		s += ", with RelayState " + a.Relay
	}
	return s
}

// Unusual says that the response is not brought as an honest identity provider
// would bring it.
func (a Login) Unusual() bool { return a.Bring != ByForm || a.Relay != "" }

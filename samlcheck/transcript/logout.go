package transcript

// Look is one look at a session that is being watched.
type Look struct {
	After  int64   `json:"after_ms"` // since the watching began
	Visits []Visit `json:"visits"`
}

// Logout is what one step exchanged in single logout. Which of the two is the
// request, and which the answer to it, their root elements say.
type Logout struct {
	Heard     *Message `json:"heard,omitempty"`     // what the service provider sent
	Sent      *Message `json:"sent,omitempty"`      // what the IdP sent
	Signature string   `json:"signature,omitempty"` // of Heard, as verified when it came: one of the words below, or what is wrong
}

// What Logout.Signature and Message.Signature say. It is looked at when the message comes, because
// redaction changes the NameID that every logout message carries.
const (
	SignatureGood = "good"
	SignatureNone = "unsigned"
	SignatureOpen = "no certificate of the service provider is known" // nothing to verify with

	// Of a captured response only.
	SignatureUnverified = "no certificate of the identity provider is known"                                     // nothing to verify with
	SignatureOther      = "made with the key of the certificate in the message, which is none of the metadata's" // intact, by another key
)

// Visits of a step that plays a logout.
const VisitLogout = "logout"

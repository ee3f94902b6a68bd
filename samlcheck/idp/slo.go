package idp

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// A LogoutProfile is a Profile whose vendor takes part in single logout. Only
// Handler does it: Play signs people in.
type LogoutProfile interface {
	Profile
	SLO() string         // URL that LogoutRequests are sent to; "" while the administrator has not enabled it
	SLOCallback() string // URL where service providers answer the IdP's own LogoutRequests
	// JudgeLogout says how a LogoutRequest is answered: with a status code's URN,
	// or with a page.
	JudgeLogout(LogoutAsk) (status string, no *Refusal)
	LogoutRequest(LogoutMessage) *etree.Document
	LogoutResponse(LogoutMessage) *etree.Document
}

// LogoutAsk is what is known of a LogoutRequest.
type LogoutAsk struct {
	Issuer    string
	Known     bool   // the issuer is an app's entityID
	Binding   string // "HTTP-Redirect" or "HTTP-POST"
	Signature error  // nil: signed by the app; message.ErrUnsigned; or what is wrong
	Session   bool   // there is a session of that NameID at that app
}

// LogoutMessage is everything that a logout message is made from.
type LogoutMessage struct {
	ID, Destination string
	InResponseTo    string // of a response
	Status          string // of a response: URN of its status code
	Subject         Subject
	Now             time.Time
}

// Success is the status of a logout that was done (SAML Core 3.2.2.2).
const Success = "urn:oasis:names:tc:SAML:2.0:status:Success"

// logoutAt is the face as one that does logouts, where the request's path is
// one of its.
func (d *desk) logoutAt(path string) (LogoutProfile, bool) {
	p, ok := d.idp.profile.(LogoutProfile)
	if !ok || p.SLO() == "" {
		return nil, false
	}
	return p, path == pathOf(p.SLO()) || path == pathOf(p.SLOCallback())
}

// logout answers a message of single logout, and says whether it was one. Where
// the vendor has one URL for everything, an AuthnRequest is not.
func (d *desk) logout(w http.ResponseWriter, r *http.Request) bool {
	p, ok := d.logoutAt(r.URL.Path)
	if !ok {
		return false
	}
	shared := r.URL.Path == pathOf(p.SSO())
	m, err := unpackEither(r)
	var t *message.Tree
	if err == nil {
		t, err = message.ParseTree([]byte(m.XML))
	}
	switch {
	case err == nil && message.Is(t.Root, message.NSProtocol, "LogoutRequest"):
		d.logoutRequest(w, r, p, m, t.Root)
	case err == nil && message.Is(t.Root, message.NSProtocol, "LogoutResponse"):
		d.logoutResponse(w, m, t.Root)
	case shared:
		return false
	default:
		if err == nil {
			err = fmt.Errorf("the message is a %s, not one of single logout", t.Root.Tag)
		}
		d.refuse(w, "", m, Refusal{Kind: BadRequest, Detail: err.Error()})
	}
	return true
}

// unpackEither is unpack for requests and responses.
func unpackEither(r *http.Request) (*transcript.Message, error) {
	if r.Method != http.MethodPost || !r.PostForm.Has("SAMLResponse") {
		return unpack(r.Method, r.URL, r.PostForm)
	}
	m := &transcript.Message{
		URL: r.URL.Path, Binding: "HTTP-POST", RelayState: r.PostForm.Get("RelayState"), HasRelayState: r.PostForm.Has("RelayState"),
	}
	if len(r.PostForm["SAMLResponse"]) > 1 || r.PostForm.Has("SAMLRequest") {
		return m, errors.New("more than one message stands in the form")
	}
	raw, err := message.DecodePost(r.PostForm.Get("SAMLResponse"))
	m.XML = string(raw)
	return m, err
}

// logoutRequest ends the person's sessions and answers the service provider
// that asked for it.
func (d *desk) logoutRequest(w http.ResponseWriter, r *http.Request, p LogoutProfile, m *transcript.Message, root *etree.Element) {
	issuer := message.Text(message.Child(root, message.NSAssertion, "Issuer"))
	sp, known := d.appOf(issuer)
	index := message.Text(message.Child(root, message.NSProtocol, "SessionIndex"))
	ref, session := d.inside.find(sp.EntityID, message.Text(message.Child(root, message.NSAssertion, "NameID")), index)
	status, no := p.JudgeLogout(LogoutAsk{
		Issuer: issuer, Known: known, Binding: m.Binding, Session: session,
		Signature: verify(m, message.ReadSignature(root), sp.Certs),
	})
	if no == nil && sp.Logout.URL == "" {
		no = &Refusal{Kind: BadRequest, Detail: "the app has no SingleLogoutService to answer to: start the IdP with the service provider's metadata"}
	}
	if no != nil {
		d.refuse(w, "", m, *no)
		return
	}
	var others []participant
	if status == Success {
		if !session {
			ref = d.inside.who(r)
		}
		others = d.inside.leave(ref)
	}
	id, _ := message.Attr(root, "ID")
	d.farewell(w, p, others, &reply{to: sp, inResponseTo: id, status: status, request: m})
}

// appOf is the app with that entityID; where there is none, the first, which
// the URL stands for.
func (d *desk) appOf(entityID string) (sp SP, known bool) {
	first := d.sp()
	for _, sp := range append([]SP{first}, d.with.More...) {
		if sp.EntityID == entityID {
			return sp, true
		}
	}
	return first, false
}

// logoutResponse is a service provider's answer to the IdP's own LogoutRequest.
func (d *desk) logoutResponse(w http.ResponseWriter, m *transcript.Message, root *etree.Element) {
	issuer := message.Text(message.Child(root, message.NSAssertion, "Issuer"))
	code, _ := message.Attr(message.Child(message.Child(root, message.NSProtocol, "Status"), message.NSProtocol, "StatusCode"), "Value")
	sp, known := d.appOf(issuer)
	ex := Exchange{Request: m}
	switch err := verify(m, message.ReadSignature(root), sp.Certs); {
	case !known:
		ex.Refusal = fmt.Sprintf("a LogoutResponse of %q, which is no app here", issuer)
	case code != Success:
		ex.Refusal = fmt.Sprintf("%s did not sign the person out: %s", issuer, code)
	case err != nil:
		ex.Refusal = fmt.Sprintf("the LogoutResponse of %s is not signed by its key: %v", issuer, err)
	}
	d.note("", ex)
	v := d.view("")
	v.SP, v.Why = issuer, ex.Refusal
	d.show(w, http.StatusOK, "signed-out", v)
}

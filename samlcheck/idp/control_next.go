package idp

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
)

// ordered is Next as the control API reads and writes it.
type ordered struct {
	As           string   `json:"as"`
	Deny         bool     `json:"deny"`
	Sign         string   `json:"sign"`
	NameIDFormat string   `json:"name_id_format"`
	Forge        []string `json:"forge"`
	Keep         bool     `json:"keep"`
}

// faults are the forgeries that need no words of the caller's.
func faults() map[string]forge.Mutation {
	return map[string]forge.Mutation{
		"unsigned":                forge.Unsigned(),
		"tampered":                forge.Tampered(),
		"foreign-key":             forge.SignedByForeignKey(),
		"foreign-key-masked":      forge.SignedByForeignKeyMasked(),
		"signature-value-flipped": forge.SignatureValueFlipped(),
		"digest-flipped":          forge.DigestFlipped(),
		"empty-signature":         forge.EmptySignature(),
		"no-audience":             forge.NoAudience(),
		"no-assertion":            forge.NoAssertion(),
		"no-authn-statement":      forge.NoAuthnStatement(),
		"no-subject-confirmation": forge.NoSubjectConfirmation(),
		"audience-foreign":        forge.Audience("https://other.example/saml"),
		"recipient-foreign":       forge.Recipient("https://other.example/acs"),
		"destination-foreign":     forge.Destination("https://other.example/acs"),
		"in-response-to-foreign":  forge.InResponseTo("_somebody-elses-request"),
		"conditions-expired":      forge.ConditionsExpired(time.Hour),
		"confirmation-expired":    forge.ConfirmationExpired(time.Hour),
		"not-yet-valid":           forge.NotYetValid(time.Hour),
	}
}

func (d *desk) controlNext(*http.Request) (int, any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := ordered{As: d.next.As, Deny: d.next.Deny, NameIDFormat: d.next.NameIDFormat, Keep: d.next.Keep, Forge: []string{}}
	if s := d.next.Signing; s != nil {
		out.Sign = signedWords(*s)
	}
	for _, m := range d.next.Forge {
		for name, known := range faults() {
			if known.Name == m.Name {
				out.Forge = append(out.Forge, name)
			}
		}
	}
	return http.StatusOK, out, nil
}

func (d *desk) controlOrder(r *http.Request) (int, any, error) {
	var in ordered
	if err := hear(r.Body, &in); err != nil {
		return http.StatusBadRequest, nil, err
	}
	n := Next{As: in.As, Deny: in.Deny, NameIDFormat: in.NameIDFormat, Keep: in.Keep}
	if _, ok := d.people.Find(in.As); in.As != "" && !ok {
		return http.StatusBadRequest, nil, nobody(in.As)
	}
	switch in.Sign {
	case "":
	case "response", "assertion", "both":
		n.Signing = &Signing{Response: in.Sign != "assertion", Assertion: in.Sign != "response"}
	default:
		return http.StatusBadRequest, nil, fmt.Errorf("sign is %q: choose response, assertion or both", in.Sign)
	}
	known := faults()
	for _, name := range in.Forge {
		m, ok := known[name]
		if !ok {
			return http.StatusBadRequest, nil, fmt.Errorf("there is no forgery %q: choose from %s", name, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		}
		n.Forge = append(n.Forge, m)
	}
	if n.Deny && len(n.Forge) > 0 {
		return http.StatusBadRequest, nil, fmt.Errorf("a denial has no assertion to forge: leave out deny or forge")
	}
	d.mu.Lock()
	d.next = n
	d.mu.Unlock()
	return d.controlNext(r)
}

func (d *desk) controlForget(*http.Request) (int, any, error) {
	d.mu.Lock()
	d.next = Next{}
	d.mu.Unlock()
	return http.StatusNoContent, nil, nil
}

// carried is a message as it went over the wire, decoded.
type carried struct {
	XML        string   `json:"xml"`
	Binding    string   `json:"binding"`
	URL        string   `json:"url"`
	RelayState *string  `json:"relay_state"`
	Query      string   `json:"query,omitempty"`
	Signed     string   `json:"signed,omitempty"`
	Changed    []string `json:"changed,omitempty"`
}

func carriedOf(m *transcript.Message) *carried {
	if m == nil {
		return nil
	}
	out := &carried{XML: m.XML, Binding: m.Binding, URL: m.URL, Query: m.Query, Signed: m.Signed, Changed: m.Changed}
	if m.HasRelayState {
		out.RelayState = &m.RelayState
	}
	return out
}

func (d *desk) controlExchanges(*http.Request) (int, any, error) {
	type exchange struct {
		At      string   `json:"at"`
		Who     string   `json:"who,omitempty"`
		Request *carried `json:"request"`
		Sent    *carried `json:"sent"`
		Refusal string   `json:"refusal,omitempty"`
		Fault   string   `json:"fault,omitempty"`
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	out := []exchange{}
	for _, n := range d.seen {
		out = append(out, exchange{n.at.UTC().Format(time.RFC3339Nano), n.who, carriedOf(n.Request), carriedOf(n.Sent), n.Refusal, n.Fault})
	}
	return http.StatusOK, map[string]any{"exchanges": out}, nil
}

func (d *desk) controlClear(*http.Request) (int, any, error) {
	d.mu.Lock()
	d.seen = nil
	d.mu.Unlock()
	return http.StatusNoContent, nil, nil
}

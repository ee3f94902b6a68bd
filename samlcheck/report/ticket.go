package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

// Whom a ticket is for: each asks for something else.
const (
	ForVendor    = "vendor"    // the service provider's vendor
	ForOkta      = "okta"      // Okta's support
	ForMicrosoft = "microsoft" // Microsoft's support
)

// Receivers are all that a ticket can be for.
func Receivers() []string { return []string{ForVendor, ForOkta, ForMicrosoft} }

// WriteTicket writes one page for a receiver of Receivers. The vendor's own asks
// what the vendor alone knows; those for Okta and Microsoft hold what their
// support asks for first, as far as a run with a mock identity provider can have
// it, and say what must be fetched from the real tenant.
func WriteTicket(w io.Writer, r *Report, receiver string) error {
	var b bytes.Buffer
	m := ticket{&b, r}
	m.title()
	switch receiver {
	case ForVendor:
		for _, f := range r.Faces {
			m.face(f)
		}
		m.findings()
	case ForOkta:
		m.idp("okta", "Okta", oktaAsks)
	case ForMicrosoft:
		m.idp("entra", "Microsoft", microsoftAsks)
	default:
		return fmt.Errorf("report: no ticket for %q; there are those for %s", receiver, strings.Join(Receivers(), ", "))
	}
	m.accounts()
	m.foot()
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// What the two ask for, and where it comes from.
var oktaAsks = []string{
	"HTTP trace of the login: flow.har beside this page (cookies are hashed, signatures cut). One of the real tenant: SAML-tracer or the browser's HAR, in a fresh private window with Preserve log, signed in as a test user, for Okta does not take user information out.",
	"The app: name and instance id (the exk... in its metadata URL), and the Okta org's URL. The mock's are not yours.",
	"System Log: Reports > System Log, the event user.authentication.sso for that user and minute, as JSON.",
	"Whether Okta or the app showed the error: below, by where each login came to rest.",
}

var microsoftAsks = []string{
	"The error message with its Correlation ID, Request ID and Timestamp: from the error page of the real tenant, or Entra > Sign-in logs > the sign-in. This run's identity provider was a mock and has none.",
	"The SAML request and response: below, and in messages/; the whole traffic in flow.har (HAR 1.2, redacted).",
	"The application (client) id and tenant id of the enterprise application.",
	"Times in UTC, as below; the service provider's own request ids where it gave any.",
}

func (m ticket) idp(face, name string, asks []string) {
	fmt.Fprintf(m.b, "## For %s support\n\n", name)
	i := -1
	for k, f := range m.r.Faces {
		if f.Face == face {
			i = k
		}
	}
	if i < 0 {
		fmt.Fprintf(m.b, "This run did not play %s: run it again with `--face %s`.\n\n", faceName(face), face)
		return
	}
	f := m.r.Faces[i]
	fmt.Fprintf(m.b, "**What we ask:** %s\n\n", m.idpAsk(f))
	fmt.Fprint(m.b, "**What you ask for:**\n\n")
	for _, x := range asks {
		fmt.Fprintf(m.b, "- %s\n", x)
	}
	m.b.WriteByte('\n')
	var side []Diagnosis
	for _, d := range f.Diagnosis {
		if strings.Contains(strings.ToLower(d.Blames), "identity provider") {
			side = append(side, d)
		}
	}
	m.diagnosis(side)
	m.ruledOut(f)
	m.requests(f)
	m.exchange(f)
}

// idpAsk is the question that the identity provider's support can answer.
func (m ticket) idpAsk(f Face) string {
	works, words := f.signIn()
	switch {
	case words != "" && !works:
		return "A response in the shape of yours does not sign in a member who exists (" + plain(short(brief(words), 200)) + "). Does the app's configuration in our tenant send what stands below?"
	case f.JIT != nil && (Verdict(*f.JIT) == oracle.Shut || Verdict(*f.JIT) == oracle.NotProvisioned):
		return "The app does not let in people who were never invited, whatever a response in your shape carries. Which attributes does your integration of this app send, and does it offer provisioning (SCIM)?"
	}
	n := 0
	for _, x := range f.Findings {
		if x.Outcome == samlcheck.Fail {
			n++
		}
	}
	if n > 0 {
		return fmt.Sprintf("Nothing of you: a response in your shape signs members in. %d rules are broken at the app, which is its vendor's matter; this page is for your record.", n)
	}
	return "Nothing: a response in your shape signs members in as it should. If it does not with the real tenant, compare with the messages below."
}

// exchange shows the request and the response of the clean login.
func (m ticket) exchange(f Face) {
	for _, s := range f.Scenes {
		if s.Shows != Control {
			continue
		}
		for _, step := range s.Steps {
			for _, a := range step.Arrows {
				if a.Message == nil {
					continue
				}
				fmt.Fprintf(m.b, "**SAML %s** of %s UTC (%s):\n\n```xml\n", a.Message.Kind, step.Began.UTC().Format("15:04:05.000"), a.Message.Binding)
				for _, l := range pretty(a.Message.XML) {
					m.b.WriteString(strings.ReplaceAll(l.shown, "```", "` ` `") + "\n")
				}
				m.b.WriteString("```\n\n")
			}
		}
	}
}

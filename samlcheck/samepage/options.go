package samepage

import (
	"crypto/rsa"
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
	"time"
)

// JIT says what becomes of a person who is asserted but was never invited.
type JIT string

// The modes, in the order of JITModes.
const (
	Off            JIT = "off"             // refused, no account
	Create         JIT = "create"          // an active account is made, and the person is in
	CreateInactive JIT = "create-inactive" // an account is made that an admin must activate; refused
	Form           JIT = "form"            // a form is shown; the account is made when it is submitted
	SessionOnly    JIT = "session-only"    // no accounts at all: whoever is asserted is in
	NotAdmitted    JIT = "not-admitted"    // a session is made, and a gate stands behind it
)

// JITModes lists every mode.
func JITModes() []JIT {
	return []JIT{Off, Create, CreateInactive, Form, SessionOnly, NotAdmitted}
}

// Flaw is one rule of SAML that the stand-in leaves out.
type Flaw string

// The flaws that are more than one rule left out. Those of a single rule stand
// in the table of rules.
const (
	FlawUnsigned     Flaw = "unsigned"       // verifies a signature only where one is present
	FlawSignature    Flaw = "signature"      // wants a Signature, and does not verify it
	FlawAnyKey       Flaw = "any-key"        // verifies with whatever certificate KeyInfo carries
	FlawAudience     Flaw = "audience"       // ignores AudienceRestriction
	FlawRecipient    Flaw = "recipient"      // ignores Recipient
	FlawDestination  Flaw = "destination"    // ignores Destination
	FlawExpiry       Flaw = "expiry"         // ignores NotOnOrAfter of Conditions
	FlawInResponseTo Flaw = "in-response-to" // accepts an InResponseTo that answers no request of this browser
	FlawReplay       Flaw = "replay"         // accepts a response again that it has accepted before
	FlawWrapFirst    Flaw = "wrap-first"     // verifies a signed element anywhere, uses the first assertion
	FlawWrapLast     Flaw = "wrap-last"      // verifies the first assertion, uses the last
	FlawComment      Flaw = "comment"        // reads a text up to the first comment in it
	FlawIssuer       Flaw = "issuer"         // ignores who the issuer is, where only one idp is registered
	FlawStatus       Flaw = "status"         // ignores the status where there is an assertion
	FlawMethod       Flaw = "method"         // takes any confirmation method for bearer
	FlawNoAssertion  Flaw = "no-assertion"   // takes a success status for a login of the first member
	FlawSessionOver  Flaw = "session-over"   // ignores SessionNotOnOrAfter

	FlawOtherBrowser             Flaw = "other-browser"               // takes the answer to a request that another browser made
	FlawResponseInResponseTo     Flaw = "response-in-response-to"     // ignores InResponseTo of Response
	FlawConfirmationInResponseTo Flaw = "confirmation-in-response-to" // ignores InResponseTo of SubjectConfirmationData
	FlawSeveral                  Flaw = "several-assertions"          // of several signed assertions, judges the last and uses the first
	FlawIssuerUnsaid             Flaw = "issuer-unsaid"               // takes an assertion that names no issuer, where only one idp is registered
	FlawLooseIssuer              Flaw = "loose-issuer"                // compares issuers without scheme, case, port and last slash
	FlawLooseAudience            Flaw = "loose-audience"              // compares audiences so
	FlawLooseRecipient           Flaw = "loose-recipient"             // compares recipients so
	FlawErrors                   Flaw = "errors"                      // takes an error with a StatusMessage for a login of the first member
	FlawUnreadable               Flaw = "unreadable"                  // takes a response that cannot be read for a login of the first member
	FlawTwice                    Flaw = "parameter-twice"             // takes the first of several SAMLResponse fields
	FlawByRedirect               Flaw = "by-redirect"                 // takes responses by the HTTP-Redirect binding
	FlawRelayState               Flaw = "relay-state"                 // goes where the RelayState says
	FlawAssertionRoot            Flaw = "assertion-root"              // takes an assertion without a response around it
	FlawSAML1                    Flaw = "saml1"                       // takes responses of SAML 1.1
)

// Flaws lists every flaw: what is more than a rule, then the rules that can be
// left out.
func Flaws() []Flaw {
	all := []Flaw{
		FlawUnsigned, FlawSignature, FlawAnyKey, FlawInResponseTo, FlawOtherBrowser, FlawResponseInResponseTo,
		FlawConfirmationInResponseTo, FlawReplay, FlawWrapFirst, FlawWrapLast, FlawSeveral, FlawComment, FlawIssuer,
		FlawIssuerUnsaid, FlawLooseIssuer, FlawLooseAudience, FlawLooseRecipient, FlawNoAssertion, FlawErrors,
		FlawUnreadable, FlawTwice, FlawByRedirect, FlawRelayState, FlawAssertionRoot, FlawSAML1,
	}
	all = append(all, looseFlaws()...)
	for _, r := range rules() {
		if r.flaw != "" {
			all = append(all, r.flaw)
		}
	}
	return all
}

// Quirk is one way in which an SP misleads those who look at it from outside.
type Quirk string

// The quirks, in the order of Quirks.
const (
	QuirkThrownOutLater   Quirk = "thrown-out-later"   // a refused newcomer sees home once, then is thrown out
	QuirkThrottle         Quirk = "throttle"           // after five ACS posts everybody is told to try later
	QuirkBlockAfterSpoilt Quirk = "block-after-spoilt" // after one bad signature every login is refused
	QuirkPublicHome       Quirk = "public-home"        // home is 200 for everyone; members see one line more
	QuirkRememberErrors   Quirk = "remember-errors"    // a failed login is shown on every page afterwards
	QuirkMessageOnce      Quirk = "message-once"       // a refusal is told once, on the next page view
	QuirkRefuseToSignup   Quirk = "refuse-to-signup"   // a refused newcomer lands on a public sign-up form
	QuirkNoise            Quirk = "noise"              // every page view has other random content
	QuirkNeedsDepartment  Quirk = "needs-department"   // newcomers need a department or groups attribute
	QuirkLate             Quirk = "late"               // a newcomer's first login fails, the second works
	QuirkStaleView        Quirk = "stale-view"         // the members view stands still from the first login on
	QuirkBlindView        Quirk = "blind-view"         // the members view is always empty
	QuirkEcho             Quirk = "echo"               // refusals name the person, status 403
	QuirkEcho200          Quirk = "echo-200"           // refusals name the person, status 200
	QuirkFragmentToken    Quirk = "fragment-token"     // no cookie: a token in the fragment of /app
	QuirkJSONToken        Quirk = "json-token"         // no cookie: the ACS answers JSON with a token
	QuirkLaxState         Quirk = "lax-state"          // the ACS needs a cookie that is SameSite=Lax
	QuirkErrorQuery       Quirk = "error-query"        // a refusal goes to the success URL with ?error=
	QuirkRolePage         Quirk = "role-page"          // a newcomer with an account lives at /welcome
	QuirkSmallGate        Quirk = "small-gate"         // home's chrome, 200, with a small gate text in it
	QuirkRichDashboard    Quirk = "rich-dashboard"     // much text for the invited, none for newcomers
	QuirkLockedKnown      Quirk = "locked-known"       // a disabled member's refusal is kept as a toast
	QuirkHomeForm         Quirk = "home-form"          // home itself has a form to fill in
	QuirkQueryToken       Quirk = "query-token"        // no cookie: a token in the query of /app
	QuirkScriptShell      Quirk = "script-shell"       // pages are one shell; the text is drawn by script
	QuirkAnonymousHome    Quirk = "anonymous-home"     // every page is the same for everyone; a login adds a cookie
)

// Quirks lists every quirk.
func Quirks() []Quirk {
	return []Quirk{
		QuirkThrownOutLater, QuirkThrottle, QuirkBlockAfterSpoilt, QuirkPublicHome, QuirkRememberErrors,
		QuirkMessageOnce, QuirkRefuseToSignup, QuirkNoise, QuirkNeedsDepartment, QuirkLate, QuirkStaleView,
		QuirkBlindView, QuirkEcho, QuirkEcho200, QuirkFragmentToken, QuirkJSONToken, QuirkLaxState,
		QuirkErrorQuery, QuirkRolePage, QuirkSmallGate, QuirkRichDashboard, QuirkLockedKnown, QuirkHomeForm,
		QuirkQueryToken, QuirkScriptShell, QuirkAnonymousHome,
	}
}

// Options says which Samepage to be. The zero value, with a BaseURL, is a good
// one without JIT on the Enterprise plan.
type Options struct {
	JIT             JIT              // Off when empty
	Flaws           []Flaw           // rules to leave out
	Defects         []Defect         // ways to be a nuisance without letting anybody in
	Quirks          []Quirk          // ways to mislead
	Habits          []Habit          // ways of keeping accounts
	Surface         []Surface        // what is offered to programs; nothing when empty
	SLO             bool             // take part in single logout, which Samepage does not document
	SLOFlaws        []SLOFlaw        // rules of single logout to leave out
	SSOOnly         bool             // no password form on the login page
	AsksContext     bool             // asks for a login by password over a protected transport, and for no other
	Plan            string           // "pro", "enterprise" (when empty) or "free", which has no SSO
	SecureCookies   bool             // mark cookies Secure even on plain http that is not loopback
	BaseURL         string           // where browsers find it; Start fills it in when empty
	TLS             *tls.Config      // Start serves https with it
	Listen          string           // Start's address; 127.0.0.1:0 when empty
	Now             func() time.Time // time.Now when nil
	SessionLifetime time.Duration    // 12 hours when zero
	AdminToken      string           // random when empty
	Key             *rsa.PrivateKey  // the SP's key; made when nil
}

// settled fills in what is left open and refuses what is unknown: a misspelt
// flaw must not quietly become a good server.
func (o Options) settled() (Options, error) {
	if o.JIT == "" {
		o.JIT = Off
	}
	if o.Plan == "" {
		o.Plan = "enterprise"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.SessionLifetime <= 0 {
		o.SessionLifetime = 12 * time.Hour
	}
	if o.AdminToken == "" {
		o.AdminToken = randomToken()
	}
	if err := errors.Join(
		among("jit mode", JITModes(), o.JIT), among("flaw", Flaws(), o.Flaws...), among("defect", Defects(), o.Defects...),
		among("habit", Habits(), o.Habits...), among("quirk", Quirks(), o.Quirks...), among("surface", Surfaces(), o.Surface...),
		among("plan", []string{"free", "pro", "enterprise"}, o.Plan),
	); err != nil {
		return o, err
	}
	return o.settledSLO()
}

func among[T comparable](what string, all []T, asked ...T) error {
	for _, a := range asked {
		if !slices.Contains(all, a) {
			return fmt.Errorf("samepage: unknown %s %q (known: %v)", what, fmt.Sprint(a), all)
		}
	}
	return nil
}

func (s *Server) flawed(f Flaw) bool { return slices.Contains(s.opt.Flaws, f) }

func (s *Server) defective(d Defect) bool { return slices.Contains(s.opt.Defects, d) }

func (s *Server) offers(x Surface) bool { return slices.Contains(s.opt.Surface, x) }

func (s *Server) quirky(q Quirk) bool { return slices.Contains(s.opt.Quirks, q) }

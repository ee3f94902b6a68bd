// Package diagnose names the cause behind findings, whose side it is on, and
// what an administrator does about it, with the values filled in.
//
// A rule is a row of docs/diagnosis.md: a pure function of the findings and of
// the record, redacted as it is judged, so that a run, `samlcheck judge` and
// `samlcheck analyze` say the same. Triage comes first (triage.go): did the
// identity provider refuse, did the service refuse the response, or did it take
// it? A rule that explains one of these never speaks where another was seen.
//
//	for _, d := range diagnose.Of(diagnose.Input{Record: rec, Findings: findings, SP: sp, IdP: idp}) { ... }
//
// Rules on the identity provider's page go by its code (AADSTS50011) or status,
// never by its words: these change, and are translated.
//
// It refuses to guess. What no rule explains is said to be undecided, with what
// was excluded and by what. It gives no outcome: no diagnosis fails a run.
package diagnose

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// Input is all that a rule may look at.
type Input struct {
	Record   transcript.Record
	Findings []samlcheck.Finding
	SP, IdP  *metadata.Doc // nil where none was given
	JIT      *oracle.JIT   // nil where it was not asked
}

// Captured begins Record.Browser where a file was read and nothing was driven.
const Captured = "capture"

// Whose side a cause is on.
const (
	idpSettings = "the identity provider's settings"
	idpClaims   = "the identity provider's claims"
	assignment  = "the assignment at the identity provider"
	spSettings  = "the service provider's settings"
	spItself    = "the service provider"
	byDesign    = "the service provider, by design"
	bothSides   = "either side"
	clocks      = "the clocks"
	licence     = "the licence"
	theFile     = "the file"
	nobodyYet   = "not decided"
)

// Of gives the causes that the rules see, the nearest to the login first. It is
// never nil, and empty where nothing is wrong that a rule could explain.
func Of(in Input) []report.Diagnosis {
	s := newScene(in)
	out := []report.Diagnosis{}
	for _, rule := range rules() {
		for _, d := range rule(s) {
			out = append(out, d)
			s.said = append(s.said, d.ID)
		}
	}
	return append(out, notDecided(s)...)
}

// rules in the order of the way that a login takes.
func rules() []func(*scene) []report.Diagnosis {
	return []func(*scene) []report.Diagnosis{
		documents,                         // D36
		refusedPages,                      // D01 to D09, and codes without a row
		acsUnregistered, authnContextSeen, // D01, D05 without a page
		certificates,               // D10, D11
		signedParts, weakSignature, // D12, D13
		audience, addresses, stateCookie, // D14, D15, D16
		dashboardOnly, appOnly, // D17 with D35, D18
		skew,                                            // D19
		newcomers, existing, splits, some, names, roles, // D20 to D27
		seats, renamed, invitation, // D28, D29, D30
		leavers, stillListed, backDoor, localLogout, // D31 to D34
		sealed, tooLarge, // D37, D38
	}
}

func one(id, cause, blames, remedy string, restsOn ...string) []report.Diagnosis {
	return []report.Diagnosis{{ID: id, Cause: cause, Blames: blames, Remedy: remedy, RestsOn: restsOn}}
}

package diagnose

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// blames are the rows that explain a login that does not get in.
func explains() []string {
	return []string{"D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12", "D13", "D14", "D15", "D16", "D18", "D19", "D22", "D37", "D38", "D40"}
}

// notDecided is D40: a login that should get in does not, or was not seen to,
// and no rule explains it. It lists what was excluded, each by what was seen.
func notDecided(s *scene) []report.Diagnosis {
	if s.gotIn() || len(s.logins) == 0 || slices.ContainsFunc(s.said, func(id string) bool {
		return slices.Contains(explains(), id) || strings.HasPrefix(id, "AADSTS")
	}) {
		return nil
	}
	l := s.logins[0]
	if len(l.Login) == 0 && l.answer == nil {
		return nil // a request alone
	}
	if !s.captured && l.stage == unclear {
		return nil // the finding on the known member says it, and there is nothing to exclude
	}
	out := s.excluded(l)
	cause := "Not decided: " + l.why + "."
	if l.stage == unclear && len(l.Login) > 0 {
		rest := l.Rest()
		cause = fmt.Sprintf("No failure was seen, and no success: after the response the login came to rest at %s (%d%s). %s.",
			rest.URL, rest.Status, or(", ", rest.Title), strings.ToUpper(l.why[:1])+l.why[1:])
	}
	if len(out) > 0 {
		cause += " Excluded: " + strings.Join(out, "; ") + "."
	}
	return one("D40", cause, nobodyYet, s.next(l), l.at)
}

// excluded says what was looked at and is in order.
func (s *scene) excluded(l login) []string {
	var out []string
	a := l.answer
	if l.stage != atIdP && l.stage != astray {
		out = append(out, "a refusal by the identity provider (a response was posted)")
	}
	if a == nil {
		return out
	}
	if own, _ := s.ownName(l); own != "" && slices.Contains(a.audiences, own) {
		out = append(out, "the audience ("+own+")")
	}
	if at := l.Sent.URL; at != "" && (a.destination == at || a.destination == "") && slices.Contains(a.recipients, at) {
		out = append(out, "recipient and destination ("+at+")")
	}
	if its, ok := clockAt(l); ok && a.validAt(its) {
		out = append(out, fmt.Sprintf("the clocks (%s apart)", its.Sub(a.issued).Round(time.Second).Abs()))
	}
	return append(out, s.soundness(l)...)
}

// soundness is what is in order about signature, status and the browser's part.
func (s *scene) soundness(l login) []string {
	var out []string
	a := l.answer
	if l.Sent.Signature == transcript.SignatureGood {
		out = append(out, "the signature (verified with the metadata's certificate)")
	}
	if len(a.signed) > 0 && !slices.ContainsFunc(a.signed, func(alg string) bool { return strings.HasSuffix(alg, "sha1") }) {
		out = append(out, "SHA-1")
	}
	if len(a.statuses) == 1 && strings.HasSuffix(a.statuses[0], ":Success") {
		out = append(out, "an error status in the response")
	}
	if !s.captured && len(keptBack(l.Login)) == 0 && len(l.Login) > 0 { // an export may leave cookies out
		out = append(out, "a cookie that the browser kept back")
	}
	if !a.encrypted {
		out = append(out, "encryption")
	}
	return out
}

// next is what to look at, the likeliest first.
func (s *scene) next(l login) string {
	switch l.stage {
	case atIdP:
		return "The capture or run ended at the identity provider: go on to the end of the login with recording on, or look into the sign-in log there" + at(l) + "."
	case astray:
		return "Begin the recording before the app's login page, with \"preserve log\" on, and go on until the login has failed."
	case unclear, turnedOut, entered:
	}
	words := "Compare the certificate at the app with the identity provider's"
	if s.IdP != nil {
		if cs := s.IdP.SigningCertificates(s.IdP.IdP()); len(cs) > 0 {
			words += " (" + keys(cs) + ")"
		}
	}
	return words + ", see that the person is invited, active and linked there, and send the bundle to the vendor, with the time" + at(l) + " and his request ids."
}

func at(l login) string { return " (" + l.Began.UTC().Format("2006-01-02 15:04:05 UTC") + ")" }

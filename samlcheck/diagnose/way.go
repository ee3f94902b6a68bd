package diagnose

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

const remedyCookie = "The vendor must keep the login's state in a cookie that is SameSite=None; Secure, or on the server. Starting from the dashboard works meanwhile, if the app takes that."

// stateCookie is D16. In a driven run its own check compares with a login that
// needs no state; in a capture the loop or the error is what is seen.
func stateCookie(s *scene) []report.Diagnosis {
	const check = "session/state-cookie"
	if s.violated(check) {
		return one("D16", "A cookie that the app needs at the end of the login is kept back by browsers: "+s.because(check)+".", spItself, remedyCookie, check)
	}
	if !s.captured {
		return nil
	}
	for _, l := range s.logins {
		if l.stage != turnedOut {
			continue
		}
		if kept := keptBack(l.Login); len(kept) > 0 {
			return one("D16", fmt.Sprintf("The browser kept %s back when the response was posted, for it is SameSite=Lax or Strict, and %s.", strings.Join(kept, ", "), l.why), spItself, remedyCookie, l.at)
		}
	}
	return nil
}

// keptBack are cookies of the service that did not come along with the response.
func keptBack(hops []transcript.Hop) []string {
	for _, h := range hops {
		if slices.Contains(h.Posted, "SAMLResponse") {
			return h.Withheld
		}
	}
	return nil
}

// dashboardOnly is D17, and with it D35: the same finding is seen at the tile and
// at the vendor's test button.
func dashboardOnly(s *scene) []report.Diagnosis {
	const check = "response/idp-initiated"
	if !s.violated(check) || !s.gotIn() {
		return nil
	}
	start := ""
	for _, l := range s.logins {
		if len(l.Login) > 0 && !l.Login[0].AtIdP {
			start = l.Login[0].URL
			break
		}
	}
	if start == "" {
		return nil // then nothing that works can be advised
	}
	return one("D17", "The app takes no login that begins at the identity provider: the tile on the dashboard fails, and so does the vendor's own Test button (D35), although logins from the app work.", byDesign,
		"Hide the tile, or make it a bookmark app to "+start+". Test from the app's login page.", check)
}

// appOnly is D18: the app sends nobody to the identity provider, or to another one.
func appOnly(s *scene) []report.Diagnosis {
	const check = "session/start-astray"
	if d := s.elsewhere(); d != nil {
		return d
	}
	if !s.violated(check) {
		return nil
	}
	return one("D18", "A login that begins at the app reaches no identity provider: "+s.because(check)+".", spItself,
		"Start from the dashboard meanwhile. Ask the vendor to map your domain to your workspace, or begin at an address that names the workspace.", check)
}

// elsewhere is D18 where the app has another identity provider than the one that
// this run is: it keeps one at a time, and the run asks as one after the other.
func (s *scene) elsewhere() []report.Diagnosis {
	if s.captured {
		return nil
	}
	for _, l := range s.logins {
		if l.stage != astray {
			continue
		}
		for _, h := range l.Login {
			u, err := url.Parse(h.URL)
			if err != nil || h.AtIdP || !u.Query().Has("SAMLRequest") && !slices.Contains(h.Posted, "SAMLRequest") {
				continue
			}
			own := "this run's"
			if s.IdP != nil {
				own += " (" + s.IdP.EntityID() + ")"
			}
			return one("D18", fmt.Sprintf("The app sent its request to another identity provider than %s: to %s://%s%s.", own, u.Scheme, u.Host, u.Path), spSettings,
				"Give the app this identity provider's metadata (samlcheck idp metadata), or run with --face for the one that it has. An app that has one at a time is tested as one after the other.", l.at)
		}
	}
	return nil
}

// skew is D19: the service's own clock says that the response is not valid now,
// or that it takes no difference of clocks at all.
func skew(s *scene) []report.Diagnosis {
	for _, l := range s.unexplained() {
		its, ok := clockAt(l)
		if !ok {
			continue
		}
		by := its.Sub(l.answer.issued).Round(time.Second)
		says := fmt.Sprintf("The app's clock says %s (Date header), where the response was made at %s by the identity provider's: they are %s apart.",
			its.UTC().Format(time.RFC3339), l.answer.issued.UTC().Format(time.RFC3339), by.Abs())
		switch {
		case !l.answer.notBefore.IsZero() && its.Before(l.answer.notBefore):
			return one("D19", says+" To the app the response is not yet valid, by "+l.answer.notBefore.Sub(its).Round(time.Second).String()+".", clocks,
				"Set the clocks of both sides by NTP; ask the vendor for a tolerance of 3 to 5 minutes.", l.at)
		case !l.answer.until.IsZero() && !its.Before(l.answer.until):
			return one("D19", says+" To the app the response has expired, by "+its.Sub(l.answer.until).Round(time.Second).String()+".", clocks,
				"Set the clocks of both sides by NTP. If they are right, the response lay too long before it was posted.", l.at)
		}
	}
	const check = "measure/clock-early"
	if s.violated(check) {
		return one("D19", "The app tolerates no difference of clocks: "+s.because(check)+". Whenever the identity provider's clock is a little ahead, logins fail as not yet valid.", clocks,
			"Keep both clocks by NTP; ask the vendor for a tolerance of 3 to 5 minutes.", check)
	}
	return nil
}

// clockAt is the service's own time when it was given the response.
func clockAt(l login) (time.Time, bool) {
	for _, h := range l.Login {
		if slices.Contains(h.Posted, "SAMLResponse") && h.Date != "" {
			t, err := time.Parse(time.RFC1123, h.Date)
			return t, err == nil
		}
	}
	return time.Time{}, false
}

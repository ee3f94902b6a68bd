package request

import (
	"net/url"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var destinationForeign = samlcheck.Check{
	ID:    "request/destination-foreign",
	Title: "Destination, where there is one, is the URL to which the request was sent.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("3.2.1"), cite.EntraErrors.At("AADSTS75008")},
	Remedy: "The service was set up with another identity provider's address. Upload the identity provider's " +
		"metadata again; if it stays so, ask the vendor.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		switch {
		case r.Destination == "":
			return samlcheck.NotApplicable("the request has no Destination")
		case r.step.Request.URL == "":
			return samlcheck.Undecided("the transcript does not say where the request was sent")
		case samePlace(r.Destination, r.step.Request.URL):
			return samlcheck.Holds("Destination is where the request was sent")
		}
		return samlcheck.Violated("Destination is %s, but the request was sent to %s", expect.Excerpt(r.Destination), expect.Excerpt(r.step.Request.URL)).
			At(r.root("Destination=" + r.Destination))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/destination-foreign.xml"},
}

// samePlace compares what does not depend on how a URL is written, and leaves
// the query aside: HTTP-Redirect puts the message there.
func samePlace(a, b string) bool {
	x, err := url.Parse(strings.TrimSpace(a))
	if err != nil {
		return false
	}
	y, err := url.Parse(b)
	if err != nil {
		return false
	}
	return strings.EqualFold(x.Scheme, y.Scheme) && host(x) == host(y) && strings.TrimSuffix(x.Path, "/") == strings.TrimSuffix(y.Path, "/")
}

func host(u *url.URL) string {
	h := strings.ToLower(u.Host)
	return strings.TrimSuffix(strings.TrimSuffix(h, map[string]string{"https": ":443", "http": ":80"}[strings.ToLower(u.Scheme)]), ".")
}

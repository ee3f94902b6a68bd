package spmetadata

import (
	"net/url"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var acsLocationMissing = samlcheck.Check{
	ID:    "spmetadata/acs-location-missing",
	Title: "Each AssertionConsumerService has an absolute URL as Location.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.2.2")},
	Remedy: "Ask the vendor for metadata with the full URL of each ACS; a relative or empty one cannot be " +
		"entered in Okta or Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		for _, acs := range sp.ACS() {
			if u, err := url.Parse(strings.TrimSpace(acs.Location)); err != nil || u.Scheme == "" || u.Host == "" {
				bad = append(bad, sp.At(acs.Element, "Location="+acs.Location))
			}
		}
		return expect.None(bad, "every Location is an absolute URL", "not an absolute URL")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-location-missing.xml"},
}

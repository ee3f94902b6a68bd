package actor

import (
	"net/http"
	"strings"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// prove notes of the proof page whether it is as the target file says that it is
// for whoever is signed in. It is looked at here, because the record names
// people by pseudonyms, and a text that holds one can be cut. Of a stranger it
// is asked whether the page takes him for the known member.
func (s *Stage) prove(visits []transcript.Visit, who idp.Person) {
	p := s.Target.Session.Proof
	if p == nil || p.Status == 0 && p.Contains == "" {
		return
	}
	if who.Email == "" {
		who = s.People[trial.Known]
	}
	for i := range visits {
		if visits[i].Name == "proof" {
			says := saysYes(p, visits[i].Rest(), who)
			visits[i].Proved = &says
		}
	}
}

// saysYes compares a page with what the target file wants of it: the status
// (without one, anything below 400) and a text, as a person reads it; of JSON,
// "key.key: value".
func saysYes(p *target.Proof, h transcript.Hop, who idp.Person) bool {
	switch {
	case h.AtIdP || h.Error != "":
		return false
	case p.Status != 0 && h.Status != p.Status, p.Status == 0 && h.Status >= http.StatusBadRequest:
		return false
	}
	want := squeezed(Expand(p.Contains, who))
	return strings.Contains(squeezed(h.Title+"\n"+strings.Join(h.Blocks, "\n")), want)
}

// squeezed makes letter case and white space alike: what people write into a
// target file is seldom the page's own spelling.
func squeezed(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

package oracle

import (
	"fmt"
	"slices"

	"example.com/samepage/samlcheck/transcript"
)

// A page that only a person saw is compared by what he said of it. His kinds of
// page are few and clear, so they make a hard view; what he copied from the page
// are blocks like any other. He may be wrong, and nobody can look again: the
// confidence is never more than observed.

// hear makes the view of a page that a person told of.
func (v *view) hear(t transcript.Told) {
	v.said = t.Shows
	v.stray = t.As != "" && t.As != transcript.Self
	what := map[transcript.Shows]string{
		transcript.ShowsSignedIn: "signed in", transcript.ShowsForm: "a form to fill in", transcript.ShowsLogin: "the login page",
		// The two refusals differ by a judgement that two people would make differently.
		transcript.ShowsNoAccess: "a refusal", transcript.ShowsError: "a refusal",
	}[t.Shows]
	switch {
	case what == "":
		what = "something else"
	case v.stray && t.Shows == transcript.ShowsSignedIn:
		what = "signed in as somebody else"
	}
	v.hard = fmt.Sprintf("%q (as told by a person)", what)
	v.password = t.Shows == transcript.ShowsLogin
	if t.Shows == transcript.ShowsForm {
		v.forms["a form (as told by a person) at "+v.place] = true
	}
}

// refused says that a person was shown a refusal.
func (v view) refused() bool {
	return v.said == transcript.ShowsNoAccess || v.said == transcript.ShowsError
}

// halfSaid is why a page without a sign of refusal is no evidence by itself;
// "" when it may be.
func (v view) halfSaid() string {
	switch {
	case v.stray:
		return "a person says that somebody else is signed in there: a session that was left over looks the same"
	case v.said != "" && v.said != transcript.ShowsSignedIn:
		return "a person saw something else there, in his own words"
	}
	return ""
}

// toldOf says whether the record rests on a person's word: on pages, or on a
// members view that he read.
func (m *Model) toldOf() (pages, members bool) {
	told := func(h transcript.Hop) bool { return h.Told != nil }
	for _, run := range m.record.Runs {
		for _, s := range run.Steps {
			members = members || s.Members != nil && s.Members.Told
			pages = pages || slices.ContainsFunc(s.Login, told)
			for _, v := range s.Visits {
				pages = pages || slices.ContainsFunc(v.Hops, told)
			}
		}
	}
	return pages, members
}

// modest lowers what rests on a person's word, and says that it does.
func (m *Model) modest(j *JIT) {
	pages, members := m.toldOf()
	if !pages && !members {
		return
	}
	if j.Confidence == Confirmed {
		j.Confidence = Observed
	}
	what := "the members view is"
	if pages {
		what = "what the pages showed is"
	}
	if pages && members {
		what = "what the pages and the members view showed is"
	}
	j.Findings = append(j.Findings, what+" as told by a person, who may have been mistaken")
	if pages {
		j.Because = "As told by a person: " + j.Because
	}
}

// repeated says that a newcomer's login was made again after a response had been
// handed out: it is the first login no longer.
func repeated(s transcript.Step) bool {
	t := s.Rest().Told
	return t != nil && t.Again > 0 && s.Person != refKnown
}

// toldAs is whom the pages that a person told of show; "" when he did not say.
func (m *Model) toldAs(s transcript.Step) (ref string, told bool) {
	hops := []transcript.Hop{s.Rest()}
	for _, v := range s.Visits {
		hops = append(hops, v.Rest())
	}
	for _, h := range hops {
		if h.Told == nil {
			continue
		}
		told = true
		if h.Told.Shows != transcript.ShowsSignedIn || h.Told.As == "" {
			continue
		}
		as := h.Told.As
		if as == transcript.Self {
			as = s.Person
		}
		if _, known := m.record.Person(as); !known || ref != "" && ref != as {
			return "", true
		}
		ref = as
	}
	return ref, told
}

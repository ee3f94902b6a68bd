package oracle

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

type viewState int

const (
	viewNone  viewState = iota // none, or none to be trusted
	viewShows                  // it shows the newcomer, who was not there before
	viewLacks                  // it lists the known member, not the newcomer
	viewBlind                  // it does not even list the known member
	viewLate                   // it lists the known member, and lacks one invited after the logins: late or partial
)

// membersView is what the two looks at the members view say together.
type membersView struct {
	state    viewState
	fresh    bool   // it was seen to change after the last login
	why      string // what was seen to change, or why it is called late
	odd      string // it lists another newcomer and not the one who is asked about; "" when not
	findings []string
}

func (m *Model) membersView() membersView {
	var v membersView
	m.noticeInvitee(&v)
	last, ok := m.view(TrialMembers2)
	if !ok {
		return v
	}
	if last.Error != "" {
		v.findings = append(v.findings, "the members view could not be read: "+last.Error)
		return v
	}
	first, before := m.view(TrialMembers1)
	switch {
	case before && first.Error != "":
		v.findings = append(v.findings, "the members view could not be read before the logins: "+first.Error)
		return v
	case before && first.Entries[refFresh1] > 0:
		v.findings = append(v.findings, "the members view listed the newcomer before the first login, so it proves nothing (a directory, not a list of accounts)")
		return v
	}
	if before {
		v.proveFresh(first, last)
	}
	switch {
	case last.Entries[refFresh1] > 0:
		v.state = viewShows
	case last.Entries[refKnown] > 0:
		v.state = viewLacks
		v.doubtNewcomers(first, last)
		m.proveLate(&v, last)
	default:
		v.state = viewBlind
		v.findings = append(v.findings, "the members view is blind: it does not list the known member either")
	}
	if last.Entries[refKnown] > 1 {
		v.findings = append(v.findings, "the known member has several entries in the members view now")
	}
	return v
}

// proveFresh says what changed between the two looks. Only who was invited
// after the last login proves that the view was live at the end: who was
// invited before may be the last thing that it ever showed.
func (v *membersView) proveFresh(first, last transcript.View) {
	since := func(ref string) bool { return first.Entries[ref] == 0 && last.Entries[ref] > 0 }
	if since(refLate) {
		v.fresh, v.why = true, "it lists somebody who was invited after the last login"
		return
	}
	for _, ref := range sortedRefs(last) {
		if since(ref) && ref != refFresh1 && ref != refFresh2 {
			v.why = "it did not list " + ref + " at first and does now"
			return
		}
	}
}

// doubtNewcomers notes that some newcomer has an account, if not the one that
// the verdict is about.
func (v *membersView) doubtNewcomers(first, last transcript.View) {
	if first.Entries[refFresh2] == 0 && last.Entries[refFresh2] > 0 {
		v.odd = "the members view lists the newcomer with the plain attributes, and not the one with the rich"
	}
}

// proveLate calls a view late that lacks somebody who was invited after the
// last login: then it would lack an account that waits, too.
func (m *Model) proveLate(v *membersView, last transcript.View) {
	s := m.runs[TrialInviteLate].Last()
	if s.Person == "" || s.Fault != "" || last.Entries[s.Person] > 0 {
		return
	}
	v.state = viewLate
	v.why = "it does not list somebody who was invited after the last login"
	v.findings = append(v.findings, "the members view is late, or shows only some accounts: "+v.why)
}

func sortedRefs(v transcript.View) []string {
	refs := make([]string, 0, len(v.Entries))
	for r := range v.Entries {
		refs = append(refs, r)
	}
	slices.Sort(refs)
	return refs
}

// view is the last members view of the named trial.
func (m *Model) view(trial string) (transcript.View, bool) {
	steps := m.runs[trial].Steps
	for i := len(steps) - 1; i >= 0; i-- {
		if v := steps[i].Members; v != nil {
			return *v, true
		}
	}
	return transcript.View{}, false
}

// sent is what the newcomers' assertions carried.
func (m *Model) sent() Sent {
	of := func(trial string) []string {
		s := m.runs[trial].Last().Sent
		if s == nil {
			return []string{}
		}
		return append([]string{}, s.Attributes...)
	}
	return Sent{Rich: of(TrialFresh1), Plain: of(TrialFresh2Plain)}
}

func (s Sent) words() string {
	if len(s.Rich) == 0 {
		return "What the assertion carried is not on record."
	}
	return "With these attributes: " + strings.Join(s.Rich, ", ") + "."
}

// noticeInvitee says why an account stands there that nobody signed in to.
func (m *Model) noticeInvitee(v *membersView) {
	if s := m.runs[TrialInviteLate].Last(); s.Fault != "" {
		v.findings = append(v.findings, "the invitation after the last login failed: "+s.Fault)
	}
	for _, address := range m.invitees() {
		v.findings = append(v.findings, address+" was invited after the last login, to see whether the members view is live, and never signs in: remove it")
	}
}

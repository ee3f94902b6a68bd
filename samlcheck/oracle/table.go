package oracle

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// entry is what the newcomer's two logins say together.
type entry int

const (
	entryOpen entry = iota // they contradict one another, or nothing was seen
	entryIn
	entryOut
	entryForm
	entrySession
	entryAccepted
	entryLate
)

func entryOf(first, again Landing) entry {
	if first.Where != again.Where {
		if first.Where == transcript.Out && again.Where == transcript.In {
			return entryLate
		}
		return entryOpen
	}
	switch first.Where {
	case transcript.In:
		return entryIn
	case transcript.Out:
		return entryOut
	case transcript.Form:
		return entryForm
	case transcript.Session:
		return entrySession
	case transcript.Accepted:
		return entryAccepted
	case transcript.Mixed, transcript.Unreadable:
	}
	return entryOpen
}

// seenFromOutside is the verdict without a members view.
var seenFromOutside = map[entry]Verdict{
	entryOpen: VerdictUndecided, entryIn: Admitted, entryOut: Shut, entryForm: Asks,
	entrySession: NotAdmitted, entryAccepted: VerdictAccepted, entryLate: Late,
}

// withNewcomer is the verdict where the view shows the newcomer.
var withNewcomer = map[entry]Verdict{
	entryOpen: CreatedUnseen, entryIn: Created, entryOut: CreatedWaiting, entryForm: CreatedWaiting,
	entrySession: CreatedNotAdmitted, entryAccepted: Created, entryLate: Created,
}

// table is the table of docs/lifecycle.md.
func table(e entry, v membersView) (Verdict, Confidence) {
	switch v.state {
	case viewShows:
		return withNewcomer[e], Confirmed
	case viewLacks:
		verdict, sure := seenFromOutside[e], Observed
		if e == entryIn {
			verdict = Unlisted
		}
		if e == entryOut {
			verdict = NotProvisioned
		}
		if v.fresh && (e == entryOut || e == entryForm || e == entrySession) {
			sure = Confirmed
		}
		return verdict, sure
	case viewLate:
		if e == entryIn {
			return Unlisted, Observed
		}
	case viewNone, viewBlind:
	}
	return seenFromOutside[e], Observed
}

// words are the verdicts in plain words.
var words = map[Verdict]string{
	Created:            "A first login creates the account: the members view shows the newcomer, who was not there before, and the newcomer gets in or is remembered.",
	CreatedWaiting:     "A first login creates an account that waits: the members view shows the newcomer, who does not get in.",
	CreatedNotAdmitted: "A first login creates an account, and a session, and does not admit: the members view shows the newcomer.",
	CreatedUnseen:      "A first login creates an account: the members view shows the newcomer, who was not there before.",
	Admitted:           "A newcomer who was never invited gets in at the first login. Whether an account was made cannot be seen from outside.",
	Unlisted:           "A newcomer gets in, and the members view lists the known member and not the newcomer: no account is needed, or the view is late or partial.",
	VerdictAccepted:    "The newcomer's login is accepted and remembered, on pages that are not the known member's; whether that admits cannot be told.",
	NotAdmitted:        "The newcomer's login makes a session, and the newcomer is not admitted.",
	Asks:               "The newcomer is asked to fill in a form before going on; whether an account exists already is not known.",
	Shut:               "A first login does not work for someone who was never invited. An account that waits would look the same.",
	NotProvisioned:     "A first login does not work for someone who was never invited, and the members view does not list the newcomer.",
	Late:               "The newcomer's first login fails and the second works.",
	VerdictUndecided:   "Undecided.",
}

func explain(v Verdict, view membersView) string {
	s := words[v]
	if v == Asks && view.state == viewLacks {
		s = "The newcomer is asked to fill in a form before going on; the members view does not list the newcomer."
	}
	switch {
	case view.state == viewLate:
		return s + " The members view proves nothing: " + view.why + "."
	case view.state != viewLacks:
		return s
	case view.fresh:
		return s + " The view was seen to be live: " + view.why + "."
	case view.why != "":
		return s + " The view may be late: it was seen to change before the logins (" + view.why + "), not after them."
	}
	return s + " The view may be late: it was not seen to change in this run."
}

// settle says what would settle what the verdict leaves open. doubted says that
// the newcomer's pages were not wholly like the known member's.
func (m *Model) settle(e entry, v membersView, doubted bool) string {
	var out []string
	if s := m.otherMember(e, doubted); s != "" {
		out = append(out, s)
	}
	if s := v.settle(); s != "" {
		out = append(out, s)
	}
	if m.drawnByScript() || e == entryOpen || e == entryAccepted || len(m.telling()) == 0 || m.wordless() && m.record.Browser != "manual" {
		if _, ok := m.pages[visitProof]; !ok {
			out = append(out, "a proof page that only members can read (session.proof)")
		}
		if !m.runsScripts() {
			out = append(out, "a run with a real browser (--browser chromium, or browser: chromium in the target file)")
		}
	}
	if e == entryOut || e == entrySession {
		out = append(out, "the attributes, groups or roles that the service provider wants, if it wants others")
	}
	return strings.Join(out, "; ")
}

// otherMember says which known member would settle more than this one does.
func (m *Model) otherMember(e entry, doubted bool) string {
	switch {
	case !m.proven:
		return "a known member who is active, linked to this IdP and gets in"
	case (e == entryIn || e == entryAccepted) && doubted:
		return "a known member without extra rights, who has never done anything there, so that a newcomer's pages are like his"
	}
	return ""
}

// settle says what the members view leaves open; "" when nothing.
func (v membersView) settle() string {
	switch {
	case v.state == viewNone:
		return "a members view (members: in the target file)"
	case v.state == viewBlind:
		return "a members view that lists the known member"
	case v.state == viewLacks && !v.fresh:
		return "a look at the members view later, or a way to invite (members.invite), so that it can be seen whether the view is live"
	case v.state == viewLate:
		return "a look at the members view later, or one that shows every account at once"
	}
	return ""
}

// runsScripts says whether the record's browser draws what scripts draw.
func (m *Model) runsScripts() bool { return m.record.Browser != "plain" && m.record.Browser != "" }

// drawnByScript says that the known member's own page, as it was seen, is the
// shell of a page: its text is drawn by a script that nobody ran.
func (m *Model) drawnByScript() bool {
	return !m.runsScripts() && slices.ContainsFunc(m.goods, func(g *seen) bool {
		return g.rest.shell || g.pages[visitHome].shell
	})
}

func (m *Model) wordless() bool {
	for _, p := range m.telling() {
		if len(p.words) > 0 {
			return false
		}
	}
	return true
}

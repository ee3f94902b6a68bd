package oracle

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// needed are the trials without which the experiment says nothing, in order.
var neededKnown = []string{
	TrialKnown1, TrialStranger1, TrialDenied, TrialSpoiltKey1, TrialSpoiltAud, TrialKnown2,
	TrialFresh1, TrialFresh1Again, TrialFresh2Plain, TrialKnown3, TrialSpoiltKey2, TrialStranger2,
}

// neededBlind are those of a run without a known member.
var neededBlind = []string{
	TrialStranger1, TrialFresh1, TrialFresh1Again, TrialFresh2Plain, TrialStranger2,
}

func (m *Model) jit() JIT {
	j := JIT{
		Verdict: VerdictUndecided, Confidence: Observed, Sent: m.sent(), Accounts: m.accounts(),
		Findings: slices.Clone(m.findings),
	}
	view := m.membersView()
	j.Findings = append(j.Findings, view.findings...)
	m.noticeKnown(&j)
	switch {
	case m.void != "":
		j.Verdict = Void
		j.Because = "A login with a forged signature got in (" + m.void + "): whoever is let in proves nothing about provisioning. " + m.sentence(m.void)
		j.Settle = "make the service provider verify signatures first"
	case m.rules.complete && m.short() != "":
		j.undecided("the run was cut short ("+m.short()+")", "run it again to its end")
	default:
		m.weighNewcomer(&j, view)
	}
	m.modest(&j)
	return j
}

func (j *JIT) undecided(why, settle string) {
	j.Verdict, j.Confidence = VerdictUndecided, Observed
	j.Because, j.Settle = "Undecided: "+why+".", settle
}

// short says what the record lacks; "" when it is whole.
func (m *Model) short() string {
	if m.record.Cut != "" {
		return m.record.Cut
	}
	need := neededBlind
	for _, t := range []string{TrialKnown1, TrialKnown2, TrialKnown3, TrialKnownPlain} {
		if _, ok := m.runs[t]; ok {
			need = neededKnown
		}
	}
	var lacks []string
	for _, t := range need {
		if _, ok := m.runs[t]; !ok {
			lacks = append(lacks, t)
		}
	}
	if m.unforged() { // not permitted: doubted later, not cut short
		lacks = slices.DeleteFunc(lacks, func(t string) bool { return slices.Contains(forged, t) })
	}
	_, first := m.runs[TrialMembers1]
	_, last := m.runs[TrialMembers2]
	switch {
	case first && !last:
		lacks = append(lacks, TrialMembers2)
	case last && !first:
		lacks = append(lacks, TrialMembers1)
	}
	if len(lacks) == 0 {
		return ""
	}
	return "missing: " + strings.Join(lacks, ", ")
}

// forged are the trials that send messages which are not what they seem.
var forged = []string{TrialSpoiltKey1, TrialSpoiltAud, TrialSpoiltKey2}

// unforged says that the run sent no forged message at all: the target's owner
// did not allow it.
func (m *Model) unforged() bool {
	return !slices.ContainsFunc(forged, func(t string) bool { r, ok := m.runs[t]; return ok && r.Last().Fault == "" })
}

// landing reads the named trial's last step.
func (m *Model) landing(trial string) (Landing, bool) {
	o, ok := m.looked[trial]
	if !ok {
		return Landing{}, false
	}
	return m.land(o), true
}

func (m *Model) sentence(trials ...string) string {
	var out []string
	for _, t := range trials {
		if l, ok := m.landing(t); ok {
			out = append(out, fmt.Sprintf("%s: %s (%s).", t, l.Where, l.Because))
		}
	}
	return strings.Join(out, " ")
}

// noticeKnown notes what the known member's plain login says. It is no vote.
func (m *Model) noticeKnown(j *JIT) {
	if !m.proven {
		return
	}
	l, ok := m.landing(TrialKnownPlain)
	switch {
	case !ok:
		j.Findings = append(j.Findings, "whether the plain attributes are enough for the known member was not asked")
	case l.Where != transcript.In:
		j.Findings = append(j.Findings, "the known member does not get in with the plain attributes ("+TrialKnownPlain+": "+string(l.Where)+")")
	}
}

// changed says why the service is not the same at the end as at the
// beginning; "" when it is.
func (m *Model) changed() string {
	last, ok := m.landing(TrialKnown3)
	if !ok {
		return m.strangersChanged()
	}
	first, _ := m.landing(TrialKnown1)
	want := first.Where
	if m.proven {
		want = transcript.In
	}
	if last.Where != want {
		return fmt.Sprintf("the known member's last login did not land as before (%s, not %s), so the service changed meanwhile: throttling, a lockout, or a fault (%s)",
			last.Where, want, last.Because)
	}
	return m.strangersChanged()
}

// strangersChanged says that strangers are not treated as before: then what a
// stranger saw last is no measure of what was seen in between.
func (m *Model) strangersChanged() string {
	first, ok1 := m.looked[TrialStranger1]
	last, ok2 := m.looked[TrialStranger2]
	if !ok1 || !ok2 {
		return ""
	}
	for _, n := range first.common() {
		was, is := first.pages[n], last.pages[n]
		if is.present && was.hard != is.hard {
			return fmt.Sprintf("strangers were not treated at the end as before (%s: %s, then %s), so the service changed meanwhile", n, was.hard, is.hard)
		}
	}
	return ""
}

// weighNewcomer draws the verdict from the newcomer's two logins and the view.
func (m *Model) weighNewcomer(j *JIT, view membersView) {
	first, ok := m.landing(TrialFresh1)
	if !ok {
		j.undecided("no newcomer's login stands in this run", "run the experiment")
		return
	}
	again, ok := m.landing(TrialFresh1Again)
	if !ok {
		again = first
	}
	entry := entryOf(first, again)
	j.Verdict, j.Confidence = table(entry, view)
	j.Settle = m.settle(entry, view, first.Weak+again.Weak != "")
	tail := " " + m.sent().words() + " " + m.sentence(TrialFresh1, TrialFresh1Again) + " " + m.whyKnown()
	switch why := m.changed(); {
	case why != "":
		m.retreat(j, entryOpen, view, why) // a service that changed points nowhere
	case view.odd != "":
		m.retreat(j, entryOpen, view, view.odd)
	case m.doubt(entry, first, again) != "":
		m.retreat(j, entry, view, m.doubt(entry, first, again))
	default:
		j.Because = explain(j.Verdict, view)
		m.noticeNewcomers(j, entry)
		defer m.noticeNeeds(j)
	}
	j.Because = strings.TrimSpace(j.Because + tail)
}

// retreat gives up what the weak evidence points to. That the view shows the
// newcomer is not weak: an account was made, whatever the pages say.
func (m *Model) retreat(j *JIT, entry entry, view membersView, doubt string) {
	leaning := j.Verdict
	if view.state == viewShows {
		j.Verdict, j.Confidence = CreatedUnseen, Confirmed
		j.Because = explain(CreatedUnseen, view) + " Entry is open: " + doubt + "."
		return
	}
	j.undecided(doubt, j.Settle)
	if m.runs[m.perhaps].Part == PartSpoiltKey {
		leaning = Void
	}
	if (entry == entryIn || entry == entryLate) && m.drawnByScript() {
		return // who is admitted and who is shown a gate get the same shell
	}
	if leaning != VerdictUndecided && entry != entryOpen {
		j.Leaning, j.Confidence = leaning, Leaning
	}
}

// doubt says why the entry is not to be relied on; "" when it is.
func (m *Model) doubt(e entry, first, again Landing) string {
	if m.rules.complete && len(m.goods) > 0 && m.unforged() {
		return "no forged login was sent (allow: [forgery] in the target file), so a service that lets anybody in, or remembers errors, would look the same"
	}
	if m.perhaps != "" {
		return "a spoilt login may have got in (" + m.perhaps + "): it is like the known member's in part, and nothing clear tells them apart"
	}
	if e == entryOpen {
		return fmt.Sprintf("the newcomer's logins landed %s and %s", first.Where, again.Where)
	}
	for _, l := range []Landing{first, again} {
		if l.Weak != "" {
			return "the evidence is weak: " + l.Weak
		}
	}
	if e != entryIn && e != entryLate {
		return m.refusalDoubt(e)
	}
	if m.perhapsGate() {
		return "the newcomer sees what the known member sees, and that neither names anybody nor leads anywhere but out: a page that turns both away would look the same"
	}
	return ""
}

// refusalDoubt: a refusal counts only if the rich set was sent, and if no
// newcomer got in with less.
func (m *Model) refusalDoubt(e entry) string {
	if e == entryAccepted {
		return ""
	}
	if !m.rules.complete {
		if _, ok := m.runs[TrialFresh2Plain]; !ok {
			return ""
		}
	}
	s := m.sent()
	switch {
	case len(s.Rich) == 0:
		return "what the newcomer's assertion carried is not on record, and a refusal counts only if the rich attributes were sent"
	case !richer(s):
		return "only the plain attributes were sent, so a missing attribute or group would look the same"
	}
	if l, ok := m.landing(TrialFresh2Plain); ok && l.Where == transcript.In && l.Weak == "" {
		return "a newcomer with the plain attributes gets in, and one with the rich attributes does not: " + l.Because
	}
	return m.foreign()
}

// foreign says that the refused newcomer's address is of another domain than
// the known member's; "" when it is not, or nobody is known.
func (m *Model) foreign() string {
	domain := map[string]string{}
	for _, p := range m.record.People {
		_, domain[p.Ref], _ = strings.Cut(strings.ToLower(p.Email), "@")
	}
	if own := domain[refKnown]; own == "" || domain[refFresh1] == "" || own == domain[refFresh1] {
		return ""
	}
	return "the newcomer's address is of another domain than the known member's, and a service that takes its own domains only would look the same" +
		" (people.fresh.domain in the target file)"
}

// richer says whether the rich set holds an attribute that the plain one lacks.
func richer(s Sent) bool {
	plain := set{}
	for _, a := range s.Plain {
		plain[nameOf(a)] = true
	}
	return slices.ContainsFunc(s.Rich, func(a string) bool { return !plain[nameOf(a)] })
}

func nameOf(attribute string) string {
	n, _, _ := strings.Cut(attribute, "=")
	return n
}

// noticeNewcomers notes whether less would have been enough.
func (m *Model) noticeNewcomers(j *JIT, e entry) {
	if e == entryLate {
		j.Findings = append(j.Findings, "late: the newcomer's first login did not get in, the second did")
	}
	if j.Verdict == Created && e == entryAccepted {
		j.Findings = append(j.Findings, "the newcomer is signed in on pages that are not the known member's: another role's, or one to wait on; look at them to see which")
	}
	if l, ok := m.landing(TrialFresh2Plain); ok && e == entryIn && l.Where != transcript.In && l.Where != transcript.Unreadable {
		j.Findings = append(j.Findings, fmt.Sprintf("a newcomer needs more than the plain attributes (%s: %s)", TrialFresh2Plain, l.Where))
	}
}

func (m *Model) whyKnown() string {
	if !m.proven {
		return "" // the blind landings have said so
	}
	return "Known member: " + m.why + "."
}

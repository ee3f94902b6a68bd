package oracle

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// TrialLess begins the names of logins of newcomers who get the rich attributes
// but for one group; what follows is the group's name. TrialLessKnown closes them.
const (
	TrialLess      = "less-"
	TrialLessKnown = "known-after-less"
)

// Minimal says whether the experiment left open which of the rich attributes a
// newcomer needs: with all of them he gets in, with the plain ones he does not.
func (m *Model) Minimal() bool {
	rich, ok1 := m.landing(TrialFresh1)
	plain, ok2 := m.landing(TrialFresh2Plain)
	return m.proven && ok1 && ok2 && rich.Where == transcript.In && rich.Weak == "" &&
		plain.Where != transcript.In && plain.Where != transcript.Unreadable && plain.Weak == ""
}

// noticeNeeds says which groups of attributes a newcomer cannot do without, if
// the run went on to find out.
func (m *Model) noticeNeeds(j *JIT) {
	var open []string
	tried := 0
	for _, run := range m.record.Runs {
		group, ok := strings.CutPrefix(run.Trial, TrialLess)
		if !ok || run.Again > 0 {
			continue
		}
		tried++
		l, _ := m.landing(run.Trial)
		switch {
		case l.Weak != "" || l.Where == transcript.Unreadable || l.Where == transcript.Mixed:
			open = append(open, group)
		case l.Where != transcript.In:
			j.Needs = append(j.Needs, group)
		}
	}
	if tried == 0 || !m.Minimal() {
		j.Needs = nil
		return
	}
	slices.Sort(j.Needs)
	last, ok := m.landing(TrialLessKnown)
	switch {
	case !ok || last.Where != transcript.In:
		j.Needs = nil
		j.Findings = append(j.Findings, "which attributes a newcomer needs is open: the known member does not get in after the newcomers with fewer")
		return
	case len(j.Needs) > 0:
		j.Because = strings.TrimSpace(j.Because + " Needs: " + strings.Join(j.Needs, ", ") + ".")
		j.Findings = append(j.Findings, "a newcomer does not get in without: "+strings.Join(j.Needs, ", "))
	case len(open) == 0:
		j.Findings = append(j.Findings, fmt.Sprintf("each of the %d groups of attributes can be left out alone, all of them together cannot: one of several is enough", tried))
	}
	if len(open) > 0 {
		j.Findings = append(j.Findings, "whether a newcomer needs these is open: "+strings.Join(open, ", "))
	}
}

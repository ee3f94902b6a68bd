package oracle

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// experiment is the list of lifecycle.md, as the checks declare it.
var experiment = []string{
	TrialMembers1, TrialInvite, TrialKnown1, TrialStranger1, TrialDenied, TrialSpoiltKey1, TrialSpoiltAud, TrialKnown2,
	TrialFresh1, TrialFresh1Again, TrialFresh2Plain, TrialKnown3, TrialKnownPlain, TrialSpoiltKey2, TrialStranger2, TrialInviteLate, TrialMembers2,
}

func without(trials ...string) []string {
	return slices.DeleteFunc(slices.Clone(experiment), func(t string) bool { return slices.Contains(trials, t) })
}

// scene is one way to play the experiment against a fake.
type scene struct {
	jit       string
	quirks    []string
	noView    bool
	uninvited bool
	locked    bool
	plainOnly bool // the target's attributes are plain
	noVisits  bool
	noInvite  bool // nobody can be invited at the end
}

func (s scene) play(trials []string) transcript.Record {
	f := &fake{jit: s.jit, quirks: s.quirks, members: map[string]string{}, failed: map[string]bool{}}
	rec := transcript.Record{Face: "okta", Browser: "plain", RunID: "7f3a", People: people()}
	p := &player{scene: s, f: f, landed: map[string]bool{}}
	for _, t := range trials {
		if s.noView && (t == TrialMembers1 || t == TrialMembers2) {
			continue
		}
		rec.Runs = append(rec.Runs, transcript.Run{
			ID: fmt.Sprintf("okta/%03d", len(rec.Runs)), Seq: len(rec.Runs), Trial: t, Part: partOf(t), Began: clock,
			Steps: []transcript.Step{p.step(t, len(rec.Runs))},
		})
	}
	return rec
}

func partOf(t string) string {
	switch t {
	case TrialKnown1, TrialKnown2, TrialKnown3:
		return PartKnown
	case TrialStranger1, TrialStranger2:
		return PartStranger
	case TrialDenied:
		return PartDenied
	case TrialSpoiltKey1, TrialSpoiltKey2:
		return PartSpoiltKey
	case TrialSpoiltAud:
		return PartSpoiltAudience
	case TrialFresh1, TrialFresh1Again, TrialFresh2Plain:
		return PartNewcomer
	case TrialKnownPlain:
		return PartQuestion
	}
	return PartAdministration
}

type player struct {
	scene
	f      *fake
	home   string
	landed map[string]bool
	order  []string
}

func (p *player) step(t string, n int) transcript.Step {
	s := transcript.Step{Name: "login", Do: t, Began: clock, Took: int64(n)}
	j := &jar{}
	p.f.trial = t
	switch t {
	case TrialMembers1, TrialMembers2:
		s.Members = p.f.list()
		return s
	case TrialInvite:
		switch {
		case p.locked:
			p.f.members["known"] = "locked"
		case !p.uninvited && p.f.jit != "none":
			p.f.members["known"] = "invited"
			s.Person, s.Do = "known", "invite known"
		}
		return s
	case TrialInviteLate:
		if p.noInvite || p.noView {
			return s
		}
		s.Person, s.Do = refLate, "invite "+refLate
		if p.f.jit != "none" {
			p.f.members[refLate] = "invited"
		}
		return s
	case TrialStranger1, TrialStranger2:
		s.Name = "look"
		s.Visits = p.visits(j, "", t == TrialStranger2)
		return s
	}
	m := message{who: "known", deny: t == TrialDenied, foreign: partOf(t) == PartSpoiltKey, wrongAud: t == TrialSpoiltAud}
	switch t {
	case TrialFresh1, TrialFresh1Again:
		m.who = "fresh-1"
	case TrialFresh2Plain:
		m.who, m.plain = "fresh-2", true
	case TrialKnownPlain:
		m.plain = true
	}
	m.plain = m.plain || p.plainOnly
	s.Person = m.who
	s.Sent = &transcript.Message{XML: "<Response><Assertion ID='x'/><!--" + person(m.who).Email + "--></Response>", Attributes: []string{"email", "firstName", "lastName"}}
	if m.deny {
		s.Sent = &transcript.Message{XML: "<Response><Status/></Response>"}
	} else if !m.plain {
		s.Sent.Attributes = append(s.Sent.Attributes, "department", "groups=staff")
	}
	s.Login = p.f.acs(j, m)
	rest := s.Rest()
	own, _, _ := strings.Cut(strings.TrimPrefix(rest.URL, site), "#")
	if p.home == "" && partOf(t) == PartKnown {
		p.home = own
	}
	if !p.landed[own] {
		p.landed[own] = true
		p.order = append(p.order, own)
	}
	if !p.noVisits {
		s.Visits = p.visits(j, own, false)
	}
	return s
}

func (p *player) visits(j *jar, own string, everywhere bool) []transcript.Visit {
	var out []transcript.Visit
	add := func(name, path string) {
		if path != "" {
			out = append(out, transcript.Visit{Name: name, Hops: p.f.get(j, path)})
		}
	}
	add(visitOwn, own)
	add(visitHome, p.home)
	add(visitEntry, "/login/sso")
	add(visitRoot, "/")
	add(visitOwnAgain, own)
	if everywhere {
		for _, o := range p.order {
			add("landing:"+site+o, o)
		}
	}
	return out
}

package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

// WriteMarkdown writes ticket.md: one page for somebody in the support of the
// service provider's vendor who has never heard of this tool.
func WriteMarkdown(w io.Writer, r *Report) error { return WriteTicket(w, r, ForVendor) }

type ticket struct {
	b *bytes.Buffer
	r *Report
}

func (m ticket) title() {
	fmt.Fprintf(m.b, "# %s\n\n", m.headline())
	how := "tested from outside with a mock identity provider"
	if m.r.Target.Kind == Capture {
		how = "read from a recording of a login with the real identity provider; nothing was sent"
	}
	fmt.Fprintf(m.b, "%s (entityID `%s`, **%s**), %s to %s UTC. SAML 2.0, %s.\n\n",
		plain(m.r.Target.Name), m.r.Target.EntityID, m.r.Target.Tested(),
		m.r.Started.UTC().Format("2006-01-02 15:04:05"), m.r.Finished.UTC().Format("15:04:05"), how)
	if m.r.Cut != "" {
		fmt.Fprintf(m.b, "**The run stopped early:** %s\n\n", plain(m.r.Cut))
	}
}

// headline is the worst that is to be said, or the answer.
func (m ticket) headline() string {
	for _, f := range m.r.Faces {
		if f.JIT != nil && Verdict(*f.JIT) == oracle.Void {
			return "A login signed by an unknown key was accepted"
		}
	}
	for _, f := range m.r.Faces {
		works, words := f.signIn()
		if words != "" && !works {
			return "A member who exists cannot sign in through SAML as it was tested"
		}
	}
	ways := m.ways()
	if h := m.answers(); h != "" {
		return h + ways
	}
	if n := m.r.Summary.Fail; n > 0 && ways != "" {
		return strings.TrimPrefix(ways, "; ")
	} else if n > 0 {
		return fmt.Sprintf("%d of the rules of SAML sign-in that were tested are broken", n)
	}
	if m.r.Target.Kind == Capture {
		return "A SAML login, as it was recorded"
	}
	return "SAML sign-in, as tested from outside"
}

// ways says how many ways in there are for an outsider; "" when there is none.
func (m ticket) ways() string {
	n := 0
	for _, g := range Groups(m.r) {
		if g.WayIn && g.accepted() == "" && g.Outcome == samlcheck.Fail {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "; an outsider has a way in"
	}
	return fmt.Sprintf("; an outsider has %d ways in", n)
}

// answers is the answer of all faces, or how they differ; "" when none has one.
func (m ticket) answers() string {
	var said []oracle.Verdict
	var each []string
	decided := false
	for _, f := range m.r.Faces {
		if f.JIT == nil {
			continue
		}
		v := Verdict(*f.JIT)
		decided = decided || v != oracle.VerdictUndecided
		each = append(each, fmt.Sprintf("%s as %s", v, faceName(f.Face)))
		if !slices.Contains(said, v) {
			said = append(said, v)
		}
	}
	switch {
	case !decided:
		return ""
	case len(said) == 1:
		first, _, _ := strings.Cut(Says(said[0]), ".")
		return first
	}
	return "First logins through SAML: " + strings.Join(each, ", ")
}

func (m ticket) face(f Face) {
	fmt.Fprintf(m.b, "## As %s\n\n", faceName(f.Face))
	if j := f.JIT; j != nil {
		v := Verdict(*j)
		fmt.Fprintf(m.b, "**Asked:** %s\n\n**Answer:** %s - %s (%s)\n\n", Question, v, Says(v), HowSure(*j))
		fmt.Fprint(m.b, "**Why:**\n\n")
		for i, why := range reasons(j.Because) {
			if i == mostWhy {
				break
			}
			fmt.Fprintf(m.b, "- %s\n", plain(short(brief(why), 240)))
		}
		m.b.WriteByte('\n')
		fmt.Fprintf(m.b, "**Sent for the newcomers:** %s (%s)\n\n", sent(j.Sent.Rich), short(strings.Join(j.Sent.Rich, ", "), 200))
		if j.Settle != "" {
			fmt.Fprintf(m.b, "**What would settle what is open:** %s\n\n", plain(j.Settle))
		}
		for _, x := range j.Findings {
			fmt.Fprintf(m.b, "Noticed: %s\n\n", plain(short(brief(x), 200)))
		}
		m.ask(v)
	}
	m.diagnosis(f.Diagnosis)
	m.ruledOut(f)
	m.requests(f)
}

// diagnosis lists the causes, each with whose side it is on and what to do.
func (m ticket) diagnosis(ds []Diagnosis) {
	for i, d := range ds {
		if i == mostCauses {
			fmt.Fprintf(m.b, "%d more causes stand in report.html.\n\n", len(ds)-i)
			break
		}
		fmt.Fprintf(m.b, "**Cause (%s, %s):** %s\n\n**What to do:** %s", d.ID, d.Blames, plain(d.Cause), plain(d.Remedy))
		if len(d.RestsOn) > 0 {
			fmt.Fprintf(m.b, " (rests on %s)", code(d.RestsOn))
		}
		m.b.WriteString("\n\n")
	}
}

// ask is the question to the vendor's support that the verdict leaves.
func (m ticket) ask(v oracle.Verdict) {
	q := ""
	switch v {
	case oracle.Shut, oracle.NotProvisioned:
		q = "Does SAML login create accounts on this plan? If it should, please look at the requests below."
	case oracle.Admitted, oracle.Unlisted, oracle.VerdictAccepted, oracle.CreatedUnseen:
		q = "Is an account stored at a first SAML login, does it take a seat, and which role does it get?"
	case oracle.CreatedWaiting, oracle.CreatedNotAdmitted, oracle.NotAdmitted, oracle.Asks:
		q = "What lets such a person in, and who has to do it?"
	case oracle.Created, oracle.Late:
		q = "Can the creation of accounts at a first SAML login be switched off, and which role do they get?"
	case oracle.Void:
		q = "This is a security matter: which keys does the service verify responses with?"
	case oracle.VerdictUndecided:
		q = "Does SAML login create accounts on this plan?"
	}
	fmt.Fprintf(m.b, "**What we ask:** %s\n\n", q)
}

// What one page holds.
const (
	mostWhy   = 4
	mostRules = 6
)

// ruledOut lists the controls and the newcomers' logins: what the answer rests on.
func (m ticket) ruledOut(f Face) {
	n := 0
	var had []string
	for _, l := range f.Landings {
		if l.Landing == "" || slices.Contains(had, l.Trial) || l.Trial != oracle.TrialKnown1 && !slices.Contains(deciding, l.Trial) {
			continue
		}
		had = append(had, l.Trial)
		if n++; n == 1 {
			fmt.Fprint(m.b, "| time (UTC) | login | came to rest | because |\n|---|---|---|---|\n")
		}
		fmt.Fprintf(m.b, "| %s | %s | %s | %s |\n", l.Began.UTC().Format("15:04:05.000"), cell(l.Do), cell(l.Landing), cell(l.Because))
	}
	if n > 0 {
		m.b.WriteByte('\n')
	}
}

// requests lists the service provider's own request ids, for its logs.
func (m ticket) requests(f Face) {
	n := 0
	for _, l := range f.Landings {
		if len(l.IDs) == 0 || !strings.Contains(l.Trial, "fresh") || n == 6 {
			continue
		}
		if n == 0 {
			fmt.Fprint(m.b, "**Your own request ids:**\n\n")
		}
		n++
		fmt.Fprintf(m.b, "- %s UTC, %s: %s\n", l.Began.UTC().Format("15:04:05.000"), l.Do, code(l.IDs))
	}
	if n > 0 {
		m.b.WriteByte('\n')
	}
}

func (m ticket) findings() {
	s := m.r.Summary
	fmt.Fprintf(m.b, "## Rules\n\n%d fail, %d warn, %d pass, %d undecided, %d skipped.\n\n", s.Fail, s.Warn, s.Pass, s.Inconclusive, s.Skipped)
	for i, g := range Groups(m.r) {
		if i == mostRules {
			fmt.Fprint(m.b, "- The rest stands in report.html.\n")
			break
		}
		m.ruleTo(m.b, g)
	}
	for _, e := range m.r.Unmet() {
		fmt.Fprintf(m.b, "- **NOT AS EXPECTED** (%s): %s\n", e.Face, unmet(e))
	}
	m.b.WriteByte('\n')
}

// ruleTo writes one cause as an item of a list.
func (ticket) ruleTo(b io.Writer, g Group) {
	first := g.Items[0].Finding
	names := first.Check
	if n := len(g.Items) - 1; n > 0 {
		names += fmt.Sprintf(" and %d more", n)
	}
	way := ""
	if g.WayIn {
		way = ", a way in for an outsider"
	}
	seen := headline(first)
	if g.Cause != "" {
		seen = short(g.Cause, 240)
	}
	fmt.Fprintf(b, "- **%s %s** (as %s%s)%s: %s", label(g.Outcome), names, facesAs(g.faces()), way, bracketed(g.accepted()), plain(seen))
	if len(first.Cites) > 0 {
		fmt.Fprintf(b, " [%s]", strings.Join(first.Cites, "; "))
	}
	fmt.Fprintln(b)
	if g.Remedy != "" {
		fmt.Fprintf(b, "  - What to do: %s\n", plain(opening(g.Remedy, 320)))
	}
}

func (m ticket) foot() {
	fmt.Fprint(m.b, "## Evidence\n\n")
	if m.r.Again != "" {
		fmt.Fprintf(m.b, "Repeat it: `%s`\n\n", m.r.Again)
	}
	fmt.Fprintf(m.b, "Beside this page: report.html (for reading), report.json, the messages, the transcript; hashes of all in manifest.json. "+
		"Names and addresses of real people are pseudonyms, signatures and cookies are cut (redaction.json). Made by %s %s.\n", m.r.Tool.Name, m.r.Tool.Version)
}

// plain makes a text from outside safe to stand in Markdown.
func plain(s string) string {
	return strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(strings.Join(strings.Fields(s), " "))
}

func code(items []string) string {
	if len(items) == 0 {
		return "nothing"
	}
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = "`" + strings.ReplaceAll(s, "`", "'") + "`"
	}
	return strings.Join(out, ", ")
}

// cell makes a text safe for a Markdown table.
func cell(s string) string {
	s = strings.Join(strings.Fields(brief(s)), " ")
	if len(s) > 130 {
		s = strings.ToValidUTF8(s[:130], "") + " ..."
	}
	return strings.NewReplacer("|", "\\|", "<", "&lt;", ">", "&gt;").Replace(s)
}

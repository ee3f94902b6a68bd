package report

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

// Question is what every run asks first.
const Question = "Does a first login through SAML create an account for someone who was never invited?"

// Says is the verdict as one sentence.
func Says(v oracle.Verdict) string {
	switch v {
	case oracle.Created:
		return "A first login creates the account and signs the person in."
	case oracle.CreatedWaiting:
		return "A first login creates an account, but it waits for somebody to activate it: the person does not get in."
	case oracle.CreatedNotAdmitted:
		return "A first login creates an account and a session, but the person is not admitted."
	case oracle.CreatedUnseen:
		return "A first login creates an account; whether the person gets in could not be told."
	case oracle.Admitted:
		return "A first login lets the person in; whether an account was stored is not known."
	case oracle.Unlisted:
		return "A first login lets the person in, but the members view does not list an account."
	case oracle.VerdictAccepted:
		return "A first login is accepted and remembered; whether the person is admitted cannot be told from outside."
	case oracle.NotAdmitted:
		return "A first login is accepted, but the person is kept out at a gate behind it."
	case oracle.Asks:
		return "A first login leads to a form to fill in; whether an account exists already is not known."
	case oracle.Shut:
		return "A first login does not work for someone never invited. (An account that waits would look the same.)"
	case oracle.NotProvisioned:
		return "A first login does not work for someone never invited, and no account appears."
	case oracle.Late:
		return "A first login fails, a second one works: the account is made late."
	case oracle.Void:
		return "A login signed by an unknown key got in. Nothing else can be judged until that is mended."
	case oracle.VerdictUndecided:
	}
	return "It could not be decided."
}

// HowSure is the confidence in words.
func HowSure(j oracle.JIT) string {
	if Verdict(j) == oracle.VerdictUndecided {
		if j.Leaning != "" {
			return "not decided; the weak evidence leans to " + string(j.Leaning)
		}
		return "not decided"
	}
	switch j.Confidence {
	case oracle.Confirmed:
		return "confirmed: the members view agrees"
	case oracle.Observed:
		return "observed from outside, against controls on both sides"
	case oracle.Leaning:
	}
	return "not decided"
}

// Advice is what somebody who rolls SSO out should do about the verdict.
func Advice(j oracle.JIT) string {
	switch Verdict(j) {
	case oracle.Created, oracle.Late:
		return "You need not invite people beforehand. Assign the app in your identity provider to exactly those who may have an account (and take a seat), and take them off by hand when they leave."
	case oracle.Admitted, oracle.Unlisted, oracle.VerdictAccepted:
		return "Do not count on inviting as the gate: whoever your identity provider assigns gets in. Look in the members view for the accounts listed below, and assign the app narrowly."
	case oracle.CreatedWaiting, oracle.CreatedNotAdmitted, oracle.CreatedUnseen:
		return "Accounts appear that somebody has to finish. Decide who activates them before you roll out, and look at how many seats they take."
	case oracle.NotAdmitted, oracle.Asks:
		return "Tell new people what they will see, or invite them first; ask the vendor what opens the gate."
	case oracle.Shut, oracle.NotProvisioned:
		return "Invite people before their first login through SAML. If the vendor says that first logins create accounts, send them this report."
	case oracle.Void:
		return "Do not roll out. Report this to the vendor as a security matter: anybody can sign in as anybody."
	case oracle.VerdictUndecided:
	}
	if j.Settle != "" {
		return "To settle it: " + j.Settle
	}
	return "Nothing can be relied on yet: invite people first until it is settled."
}

// weight orders outcomes by how much they matter to the reader.
func weight(o samlcheck.Outcome) int {
	switch o {
	case samlcheck.Fail:
		return 0
	case samlcheck.Warn:
		return 1
	case samlcheck.Inconclusive:
		return 2
	case samlcheck.Note:
		return 3
	case samlcheck.Pass:
		return 4
	case samlcheck.Skipped:
	}
	return 5
}

// ByGravity are the findings, the gravest first, otherwise as they came. Of
// failures and warnings those come first that an outsider could make use of.
func ByGravity(fs []samlcheck.Finding) []samlcheck.Finding {
	out := append([]samlcheck.Finding(nil), fs...)
	sort.SliceStable(out, func(i, j int) bool { return graver(out[i], out[j]) })
	return out
}

func graver(a, b samlcheck.Finding) bool {
	if wa, wb := weight(a.Outcome), weight(b.Outcome); wa != wb {
		return wa < wb
	}
	return wayIn(a) && !wayIn(b)
}

func wayIn(f samlcheck.Finding) bool {
	return f.Reach == samlcheck.Outsider.String() && (f.Outcome == samlcheck.Fail || f.Outcome == samlcheck.Warn)
}

// label is an outcome as people read it.
func label(o samlcheck.Outcome) string {
	if o == samlcheck.Inconclusive {
		return "UNDECIDED"
	}
	return strings.ToUpper(string(o))
}

// faceName is a face as its vendor spells it.
func faceName(face string) string {
	switch face {
	case "okta":
		return "Okta"
	case "entra":
		return "Microsoft Entra"
	}
	return face
}

// signIn says whether the known member gets in, from the first control.
func (f Face) signIn() (works bool, sentence string) {
	for _, l := range f.Landings {
		if l.Trial != "known-1" {
			continue
		}
		if l.Landing == "in" {
			return true, "works"
		}
		return false, "does not work for the known member: " + l.Because
	}
	return false, ""
}

// reasons are the sentences of a verdict without the list of attributes, which
// stands elsewhere, whole.
func reasons(because string) []string {
	var out []string
	for _, p := range sentences(because) {
		if !strings.HasPrefix(p, "With these attributes") {
			out = append(out, p)
		}
	}
	return out
}

// brief leaves out the pages on which a reason rests: "accepted, as the known
// member: home: 200 ..." becomes "accepted, as the known member".
func brief(s string) string {
	if at := pages.FindStringIndex(s); at != nil && at[0] > 0 {
		return s[:at[0]]
	}
	return s
}

// pages is where a landing's sentence begins to tell of the pages.
var pages = regexp.MustCompile(`(?::| \(|,) ?(?:[a-z0-9-]+: )?(?:own|own-again|home|entry|root|proof|page:\S+|landing:\S+): [1-5]\d\d `)

// headline says of a finding in one sentence which rule it is about and what was
// seen: "A response is accepted once: the response, posted again, was accepted".
func headline(x samlcheck.Finding) string {
	seen := brief(x.Because)
	if x.Title == "" || x.Outcome == samlcheck.Note || x.Outcome == samlcheck.Skipped {
		return short(seen, 260)
	}
	return strings.TrimSuffix(x.Title, ".") + ": " + short(seen, 200)
}

// firstSentence is a text up to its first full stop, that included.
func firstSentence(s string) string {
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}

// opening is as many whole sentences as fit, or the first of them cut.
func opening(s string, longest int) string {
	n := len(firstSentence(s))
	if n > longest {
		return short(s, longest)
	}
	for n < len(s) {
		next := n + 1 + len(firstSentence(s[n+1:]))
		if next > longest {
			break
		}
		n = next
	}
	return s[:n]
}

// short cuts a text at a word, with dots where something is missing.
func short(s string, longest int) string {
	if longest == 0 || len(s) <= longest {
		return s
	}
	cut := strings.LastIndexByte(s[:longest], ' ')
	if cut < longest/2 {
		cut = longest
	}
	return strings.ToValidUTF8(s[:cut], "") + " ..."
}

// sent says in one line what the newcomers' assertions carried: groups and roles
// by value, of the others how many.
func sent(attributes []string) string {
	var valued []string
	for _, a := range attributes {
		if name, value, ok := strings.Cut(a, "="); ok {
			if v := name[strings.LastIndexByte(name, '/')+1:] + "=" + value; !slices.Contains(valued, v) {
				valued = append(valued, v)
			}
		}
	}
	return strings.TrimSuffix(fmt.Sprintf("%d attributes, %s", len(attributes), strings.Join(valued, ", ")), ", ")
}

// sentences splits a reason into lines for a list: at the ends of sentences and
// at semicolons, but never within brackets or quotes.
func sentences(s string) []string {
	var out []string
	depth, from, quoted := 0, 0, false
	take := func(to int) {
		if p := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s[from:to]), ".")); p != "" {
			out = append(out, p)
		}
	}
	for i := range len(s) {
		switch s[i] {
		case '"':
			quoted = !quoted
		case '(':
			depth++
		case ')':
			depth = max(0, depth-1)
		case '.', ';', '\n':
			if depth == 0 && !quoted && (s[i] == '\n' || i+1 < len(s) && s[i+1] == ' ') {
				take(i)
				from = i + 1
			}
		}
	}
	take(len(s))
	return out
}

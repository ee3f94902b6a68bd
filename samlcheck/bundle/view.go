package bundle

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// longestView is how many lines of a message are compared; more are shown alone.
const longestView = 2000

// writeMessages writes each message twice: the exact bytes, and beside them a
// text to read, indented, with what was changed against the control. A control
// that was only repeated gets no second text.
func (w *Writer) writeMessages() error {
	for _, face := range w.order {
		runs := w.faces[face].Runs
		asked, answered := control(runs)
		request, response := baselineOf(asked), baselineOf(answered)
		for _, run := range runs {
			for _, s := range run.Steps {
				for _, m := range []struct {
					what  string
					msg   *transcript.Message
					plain baseline
				}{{"request", s.Request, request}, {"response", s.Sent, response}} {
					if m.msg == nil {
						continue
					}
					p := report.MessagePath(run.ID, s.Name, m.what)
					if err := w.write(p, []byte(m.msg.XML)); err != nil {
						return err
					}
					if run.Again > 0 {
						continue
					}
					if err := w.write(strings.TrimSuffix(p, ".xml")+".txt", view(run, s, m.msg, m.plain)); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// control finds the messages that all others are compared with: those of the
// first login whose response nobody changed.
func control(runs []transcript.Run) (asked, answered *transcript.Message) {
	for _, run := range runs {
		for _, s := range run.Steps {
			if s.Sent == nil || len(s.Sent.Changed) > 0 {
				continue
			}
			if answered == nil {
				answered = s.Sent
			}
			if s.Request != nil {
				return s.Request, answered
			}
		}
	}
	return nil, answered
}

// baseline is the control's message, with its lines, which are asked for once
// for each other message.
type baseline struct {
	msg           *transcript.Message
	lines, masked []string
}

func baselineOf(m *transcript.Message) baseline {
	if m == nil {
		return baseline{}
	}
	lines := indented(m.XML)
	return baseline{m, lines, masked(lines)}
}

// view is a message for a reader.
func view(run transcript.Run, s transcript.Step, m *transcript.Message, plain baseline) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "trial      %s (run %s), step %s: %s\nwhen       %s\n", run.Trial, run.ID, s.Name, s.Do, s.Began.UTC().Format("2006-01-02T15:04:05.000Z"))
	fmt.Fprintf(&b, "delivered  %s to %s\n", orNone(m.Binding), orNone(m.URL))
	fmt.Fprintf(&b, "signed     %s\nchanged    %s\n", orNone(m.Signed), orNone(strings.Join(m.Changed, ", ")))
	lines := indented(m.XML)
	if lines == nil {
		b.WriteString("\nThis is no well-formed XML: read the exact bytes beside this file.\n")
		return []byte(b.String())
	}
	switch plain.msg {
	case nil:
		b.WriteString("\nThere is no control to compare it with.\n")
	case m:
		b.WriteString("\nThis is the control that the others are compared with.\n")
	default:
		changes := compared(plain, lines)
		if len(changes) == 0 {
			b.WriteString("\nNothing differs from the control but ids, times and digests.\n")
		} else {
			b.WriteString("\nAgainst the control (ids, times and digests left out):\n\n" + strings.Join(changes, "\n") + "\n")
		}
	}
	b.WriteString("\nIndented; the exact bytes are beside this file:\n\n" + strings.Join(lines, "\n") + "\n")
	return []byte(b.String())
}

func orNone(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// indented is a message with a line for each element; nil when it is not XML.
func indented(xml string) []string {
	doc := etree.NewDocument()
	if err := doc.ReadFromString(xml); err != nil || doc.Root() == nil {
		return nil
	}
	doc.Indent(2)
	out, err := doc.WriteToString()
	if err != nil {
		return nil
	}
	return strings.Split(strings.TrimSpace(out), "\n")
}

// What differs between any two messages, whatever was changed.
var (
	fleeting = regexp.MustCompile(`\b(ID|InResponseTo|IssueInstant|AuthnInstant|NotBefore|NotOnOrAfter|SessionIndex|SessionNotOnOrAfter|URI)="[^"]*"`)
	digests  = regexp.MustCompile(`(<(?:[\w.-]+:)?(?:DigestValue|SignatureValue|CipherValue)[^>]*>)[^<]*`)
)

func lasting(line string) string {
	return digests.ReplaceAllString(fleeting.ReplaceAllString(line, `$1="*"`), "$1*")
}

// compared are the lines that two texts do not share, in order, by their longest
// common subsequence.
func compared(with baseline, is []string) []string {
	was := with.lines
	if len(was) > longestView || len(is) > longestView {
		return []string{"(too long to compare)"}
	}
	a, b := with.masked, masked(is)
	// Most of a spoilt message is the control's: what both begin and end with is
	// in every longest common subsequence.
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	a, b, was, is = a[n:], b[n:], was[n:], is[n:]
	same := 0
	for same < min(len(a), len(b)) && a[len(a)-1-same] == b[len(b)-1-same] {
		same++
	}
	a, b = a[:len(a)-same], b[:len(b)-same]
	common := subsequences(a, b)
	var out []string
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || common[i+1][j] >= common[i][j+1]):
			out = append(out, "- "+strings.TrimSpace(was[i]))
			i++
		default:
			out = append(out, "+ "+strings.TrimSpace(is[j]))
			j++
		}
	}
	return out
}

// subsequences has at [i][j] how long the longest common subsequence of a[i:] and
// b[j:] is.
func subsequences(a, b []string) [][]int {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	return common
}

func masked(lines []string) []string {
	out := slices.Clone(lines)
	for i := range out {
		out[i] = lasting(strings.TrimSpace(out[i]))
	}
	return out
}

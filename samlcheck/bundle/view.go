package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strings"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// longestView is how many lines of a message are compared; more are shown alone.
const longestView = 2000

// writeMessages writes each message as its exact bytes, and for each run a text to
// read: its messages indented, with what was changed against the control. A
// control that was only repeated gets no text.
func (w *Writer) writeMessages() error {
	for _, face := range w.order {
		runs := w.faces[face].Runs
		asked, answered := control(runs)
		request, response := baselineOf(asked), baselineOf(answered)
		for _, run := range runs {
			var text strings.Builder
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
					if err := w.writeText(p, m.msg.XML); err != nil {
						return err
					}
					w.red.cleared(m.msg.XML)
					if run.Again == 0 {
						if text.Len() == 0 {
							fmt.Fprintf(&text, "trial      %s (run %s)\n", run.Trial, run.ID)
						}
						text.Grow(2 * len(m.msg.XML))
						view(&text, path.Base(p), s, m.msg, m.plain)
					}
				}
			}
			if text.Len() == 0 {
				continue
			}
			if err := w.writeText(report.ReadingPath(run.ID), text.String()); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeText makes one file and searches what it wrote, which saves reading two
// thousand files again.
func (w *Writer) writeText(name, text string) error {
	h := sha256.New()
	err := w.stream(name, func(f io.Writer) error {
		for rest := text; rest != ""; {
			n := copy(w.piece, rest)
			h.Write(w.piece[:n])
			if _, err := f.Write(w.piece[:n]); err != nil {
				return err
			}
			rest = rest[n:]
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.search(text, Sum{name, hex.EncodeToString(h.Sum(nil)), int64(len(text))})
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
	b := baseline{msg: m}
	if text, err := indented(m.XML); err == nil {
		b.lines = strings.Split(text, "\n")
	}
	for _, line := range b.lines {
		b.masked = append(b.masked, lasting(line))
	}
	return b
}

// view adds a message for a reader.
func view(b *strings.Builder, file string, s transcript.Step, m *transcript.Message, plain baseline) {
	fmt.Fprintf(b, "\n%s\n\nfile       %s\nstep       %s: %s\nwhen       %s\n", strings.Repeat("=", 80), file, s.Name, s.Do, s.Began.UTC().Format("2006-01-02T15:04:05.000Z"))
	fmt.Fprintf(b, "delivered  %s to %s\n", orNone(m.Binding), orNone(m.URL))
	fmt.Fprintf(b, "signed     %s\nchanged    %s\n", orNone(m.Signed), orNone(strings.Join(m.Changed, ", ")))
	text, err := indented(m.XML)
	if err != nil {
		fmt.Fprintf(b, "\nThis cannot be indented (%v): read the exact bytes in %s.\n", err, file)
		return
	}
	switch plain.msg {
	case nil:
		b.WriteString("\nThere is no control to compare it with.\n")
	case m:
		b.WriteString("\nThis is the control that the others are compared with.\n")
	default:
		changes := compared(plain, strings.Split(text, "\n"))
		if len(changes) == 0 {
			b.WriteString("\nNothing differs from the control but ids, times and digests.\n")
		} else {
			b.WriteString("\nAgainst the control (ids, times and digests left out):\n\n")
			abridged(b, strings.Join(changes, "\n")+"\n")
		}
	}
	b.WriteString("\nIndented; the exact bytes are in " + file + ":\n\n")
	abridged(b, text)
	b.WriteByte('\n')
}

const (
	longestShown = 400 // letters of base64 that are shown as they are
	beginning    = 40  // of what is longer
)

// abridged adds a text, with the beginning of what is long and base64, its length and
// its digest: nobody reads a certificate, and two of them are told apart.
func abridged(b *strings.Builder, text string) {
	from := 0
	for p := range packs(text) {
		if p.to-p.from <= longestShown {
			continue
		}
		sum := sha256.Sum256([]byte(text[p.from:p.to]))
		fmt.Fprintf(b, "%s...[%d characters, SHA-256 %x...]", text[from:p.from+beginning], p.to-p.from, sum[:8])
		from = p.to
	}
	b.WriteString(text[from:])
}

func orNone(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// compared are the lines that two texts do not share, in order, by their longest
// common subsequence.
func compared(with baseline, is []string) []string {
	was, a := with.lines, with.masked
	if len(was) > longestView || len(is) > longestView {
		return []string{"(too long to compare)"}
	}
	from, to := shared(with, is)
	was, a, is = was[from:len(was)-to], a[from:len(a)-to], is[from:len(is)-to]
	b := make([]string, len(is))
	for i := range is {
		b[i] = lasting(is[i])
	}
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

// shared is how many lines two texts begin and end with. Most of a spoilt message
// is the control's, and these lines are in every longest common subsequence.
func shared(with baseline, is []string) (from, to int) {
	was := with.lines
	same := func(i, j int) bool { return was[i] == is[j] || with.masked[i] == lasting(is[j]) }
	for from < min(len(was), len(is)) && same(from, from) {
		from++
	}
	for to < min(len(was), len(is))-from && same(len(was)-1-to, len(is)-1-to) {
		to++
	}
	return from, to
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

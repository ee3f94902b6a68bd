package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"example.com/samepage/samlcheck/transcript"
)

// WriteTimeline writes timeline.csv: every step in order, with what a support
// engineer needs to find it in his own logs. sp_clock_offset_s is how far the
// service provider's clock (the Date header of the step's first answer, whole
// seconds) is ahead of ours; it is empty where no answer carried one. What came
// of a step is what the report says.
func WriteTimeline(w io.Writer, r *Report, recs []transcript.Record) error {
	c := csv.NewWriter(w)
	if err := c.Write([]string{"utc", "took_ms", "sp_date", "sp_clock_offset_s", "face", "run", "trial", "step", "do", "person", "status", "url", "landing", "because",
		"authn_request_id", "response_id", "assertion_id", "relay_state_sha256", "request_ids"}); err != nil {
		return fmt.Errorf("report: timeline: %w", err)
	}
	for _, rec := range recs {
		landed := r.landings(rec.Face)
		for _, run := range rec.Runs {
			for _, s := range run.Steps {
				if err := c.Write(harmless(timelineRow(landed[run.ID+"#"+s.Name], rec.Face, run, s))); err != nil {
					return fmt.Errorf("report: timeline: %w", err)
				}
			}
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("report: timeline: %w", err)
	}
	return nil
}

// landings are a face's landings by run and step.
func (r *Report) landings(face string) map[string]Landing {
	out := map[string]Landing{}
	for _, f := range r.Faces {
		if f.Face == face {
			for _, l := range f.Landings {
				out[l.Run+"#"+l.Step] = l
			}
		}
	}
	return out
}

func timelineRow(l Landing, face string, run transcript.Run, s transcript.Step) []string {
	date, offset := spClock(s)
	status := ""
	if n := s.Rest().Status; n > 0 {
		status = strconv.Itoa(n)
	}
	var asked, answered, asserted, relay string
	if s.Request != nil {
		asked, relay = rootID(s.Request.XML), digest(s.Request.RelayState)
	}
	if s.Sent != nil {
		answered, asserted = rootID(s.Sent.XML), assertionID(s.Sent.XML)
	}
	return []string{
		stamp(s.Began), strconv.FormatInt(s.Took, 10), date, offset, face, run.ID, run.Trial, s.Name, s.Do, s.Person,
		status, s.Rest().URL, l.Landing, l.Because, asked, answered, asserted, relay, strings.Join(requestIDs(s), "; "),
	}
}

// spClock is the service provider's clock at the first answer of a step that
// names it, and how many seconds it is ahead. The answer came somewhere within
// the step, so the offset is only good to the step's length and a second.
func spClock(s transcript.Step) (date, offset string) {
	for _, h := range s.Login {
		if h.AtIdP || h.Date == "" {
			continue
		}
		at, err := http.ParseTime(h.Date)
		if err != nil {
			continue
		}
		ours := s.Began.Add(time.Duration(s.Took) * time.Millisecond / 2)
		return at.UTC().Format(time.RFC3339), strconv.FormatFloat(at.Sub(ours).Seconds(), 'f', 1, 64)
	}
	return "", ""
}

// The messages may be deliberately broken, so ids are read from the text.
var (
	firstID   = regexp.MustCompile(`<(?:[\w.-]+:)?(?:AuthnRequest|Response|LogoutRequest|LogoutResponse)\b[^>]*?\sID\s*=\s*["']([^"']*)["']`)
	assertion = regexp.MustCompile(`<(?:[\w.-]+:)?Assertion\b[^>]*?\sID\s*=\s*["']([^"']*)["']`)
)

func rootID(xml string) string { return group(firstID, xml) }

func assertionID(xml string) string { return group(assertion, xml) }

func group(re *regexp.Regexp, s string) string {
	if m := re.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// harmless keeps a spreadsheet from taking a cell for a formula: what stands in
// it comes from a stranger's server.
func harmless(row []string) []string {
	for i, c := range row {
		if c == "" || !strings.ContainsRune("=+@\t\r-", rune(c[0])) {
			continue
		}
		if _, err := strconv.ParseFloat(c, 64); err != nil {
			row[i] = "'" + c
		}
	}
	return row
}

package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"example.com/samepage/samlcheck"
)

const home = "https://example.com/samepage/samlcheck"

// WriteSARIF writes report.sarif, SARIF 2.1.0: a rule for each check, a result
// for each finding that says something, at the file of the bundle (and its line)
// that shows it. Passes, notes, undecided and skipped checks are results of the
// kinds pass, informational, open and notApplicable, which no viewer counts as
// alarms. A failure that the target file accepts is suppressed, with the reason.
func WriteSARIF(w io.Writer, r *Report) error {
	run := sarif.NewRunWithInformationURI(r.Tool.Name, home)
	run.Tool.Driver.WithVersion(r.Tool.Version)
	rules := map[string]int{}
	for _, f := range r.Faces {
		for _, x := range f.Findings {
			if _, known := rules[x.Check]; !known {
				rules[x.Check] = len(rules)
				run.Tool.Driver.AddRule(sarifRule(x))
			}
			run.AddResult(sarifResult(r, f, x, rules[x.Check]))
		}
	}
	run.AddInvocation(sarif.NewInvocation().WithExecutionSuccessful(r.Cut == "").
		WithStartTimeUtc(stamp(r.Started)).WithEndTimeUtc(stamp(r.Finished)))
	out := sarif.NewReport()
	out.AddRun(run)
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("report: SARIF: %w", err)
	}
	return nil
}

func sarifRule(x samlcheck.Finding) *sarif.ReportingDescriptor {
	level := sarif.LevelNote
	switch x.Level {
	case "must":
		level = sarif.LevelError
	case "should":
		level = sarif.LevelWarning
	}
	help := "Clause: " + strings.Join(x.Cites, "; ")
	if x.Remedy != "" {
		help += "\n\n" + x.Remedy
	}
	title := x.Title
	if title == "" {
		title = x.Check
	}
	rule := sarif.NewRule(x.Check).WithName(x.Check)
	rule.ShortDescription = sarif.NewMultiformatMessageString().WithText(title)
	rule.Help = sarif.NewMultiformatMessageString().WithText(help)
	return rule.WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(level))
}

func sarifResult(r *Report, f Face, x samlcheck.Finding, rule int) *sarif.Result {
	kind, level := "open", sarif.LevelNone
	switch x.Outcome {
	case samlcheck.Fail:
		kind, level = "fail", sarif.LevelError
	case samlcheck.Warn:
		kind, level = "fail", sarif.LevelWarning
	case samlcheck.Pass:
		kind = "pass"
	case samlcheck.Note:
		kind = "informational"
	case samlcheck.Skipped:
		kind = "notApplicable"
	case samlcheck.Inconclusive:
	}
	res := sarif.NewResult().WithRuleID(x.Check).WithRuleIndex(rule).WithKind(kind).WithLevel(level).
		WithMessage(sarif.NewTextMessage(x.Because)).
		WithPartialFingerprints(map[string]string{"checkAndFace/v1": f.Face + "/" + x.Check})
	for _, e := range x.Evidence {
		res.AddLocation(sarifPlace(f.Artifact(x.Check, e.In), e.Line, e.In, e.Excerpt))
	}
	if len(x.Evidence) == 0 { // code scanning wants a place for every result
		res.AddLocation(sarifPlace("findings.json", 0, f.Face, ""))
	}
	if why := r.accepted(f.Face, x); why != "" {
		res.AddSuppression(sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(why))
	}
	return res
}

func sarifPlace(path string, line int, in, excerpt string) *sarif.Location {
	p := sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewSimpleArtifactLocation(path))
	if line > 0 {
		region := sarif.NewRegion().WithStartLine(line)
		if excerpt != "" {
			region.WithSnippet(sarif.NewArtifactContent().WithText(excerpt))
		}
		p.WithRegion(region)
	}
	l := sarif.NewLocationWithPhysicalLocation(p)
	if excerpt != "" {
		in += ": " + excerpt
	}
	return l.WithMessage(sarif.NewTextMessage(in))
}

// Artifact is the file of a bundle that shows what a check's reference means: a
// document, or the message of the step.
func (f Face) Artifact(check, in string) string {
	switch in {
	case "sp-metadata":
		return "metadata/sp.xml"
	case "idp-metadata":
		return "metadata/idp-" + f.Face + ".xml"
	}
	run, step, _ := strings.Cut(in, "#")
	for _, l := range f.Landings {
		if l.Run != run || l.Step != step {
			continue
		}
		if l.Asked != "" && (subject(check) == "request" || l.Sent == "") {
			return MessagePath(run, step, "request")
		}
		if l.Sent != "" {
			return MessagePath(run, step, "response")
		}
	}
	return "transcript.jsonl"
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// MessagePath is where a message of a run lies in a bundle. what is "request"
// (what the SP asked) or "response" (what the IdP sent).
func MessagePath(runID, step, what string) string {
	return "messages/" + dashed(runID) + "-" + dashed(step) + "-" + what + ".xml"
}

// ReadingPath is where a run's messages lie as a text to read, one after the
// other.
func ReadingPath(runID string) string { return "messages/" + dashed(runID) + ".txt" }

func dashed(s string) string { return strings.ReplaceAll(s, "/", "-") }

package bundle

import (
	"fmt"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
)

// reproduce is REPRODUCE.md: the exact command, and one for each failure.
func reproduce(rep report.Report) []byte {
	var b strings.Builder
	again := rep.Again
	if again == "" {
		again = "samlcheck run -t target.yaml"
	}
	fmt.Fprintf(&b, "# To see it again\n\nTested: %s (%s), %s to %s UTC, with %s %s.\n\n    %s\n\n",
		rep.Target.Name, rep.Target.Tested(), rep.Started.UTC().Format("2006-01-02 15:04:05"),
		rep.Finished.UTC().Format("15:04:05"), rep.Tool.Name, rep.Tool.Version, again)
	b.WriteString("The people who are new are made up for each run, so their addresses differ the next time.\n\n")
	b.WriteString("## One failing check alone\n\n")
	none := true
	for _, f := range rep.Faces {
		for _, x := range f.Findings {
			if x.Outcome == samlcheck.Fail || x.Outcome == samlcheck.Warn {
				none = false
				fmt.Fprintf(&b, "    samlcheck run -t target.yaml --face %s %s\n", f.Face, x.Check)
			}
		}
	}
	if none {
		b.WriteString("Nothing failed.\n")
	}
	b.WriteString("\n## Judge this record again, offline\n\n    samlcheck judge .\n\n" +
		"No network is needed: transcript.jsonl and metadata/ hold all that the checks read.\n")
	return []byte(b.String())
}

package bundle

import (
	"bufio"
	"errors"
	"io"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// FindingsSchema names the version of findings.json.
const FindingsSchema = "samlcheck.findings/v1"

// Findings is findings.json: the findings alone, by face, for whoever compares
// runs.
type Findings struct {
	Schema string         `json:"schema"`
	Tool   report.Tool    `json:"tool"`
	Faces  []FaceFindings `json:"faces"`
}

// FaceFindings are the findings of one face.
type FaceFindings struct {
	Face     string              `json:"face"`
	Findings []samlcheck.Finding `json:"findings"`
}

func findings(rep report.Report) Findings {
	out := Findings{Schema: FindingsSchema, Tool: rep.Tool, Faces: []FaceFindings{}}
	for _, f := range rep.Faces {
		out.Faces = append(out.Faces, FaceFindings{f.Face, append([]samlcheck.Finding{}, f.Findings...)})
	}
	return out
}

// writeForms writes the report in all its forms, and what is made of the record
// for other tools.
func (w *Writer) writeForms(rep *report.Report) error {
	recs := make([]transcript.Record, 0, len(w.order))
	for _, face := range w.order {
		recs = append(recs, w.faces[face])
	}
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"report.json", func(b io.Writer) error { return report.WriteJSON(b, rep) }},
		{"report.html", func(b io.Writer) error { return report.WriteHTML(b, rep) }},
		{"junit.xml", func(b io.Writer) error { return report.WriteJUnit(b, rep) }},
		{"ticket.md", func(b io.Writer) error { return report.WriteMarkdown(b, rep) }},
		{"report.sarif", func(b io.Writer) error { return report.WriteSARIF(b, rep) }},
		{"ctrf.json", func(b io.Writer) error { return report.WriteCTRF(b, rep) }},
		{"timeline.csv", func(b io.Writer) error { return report.WriteTimeline(b, rep, recs) }},
		{"flow.har", func(b io.Writer) error { return report.WriteHAR(b, rep.Tool, recs) }},
	} {
		err := w.stream(f.name, func(to io.Writer) error {
			b := bufio.NewWriterSize(to, 1<<16)
			return errors.Join(f.write(b), b.Flush())
		})
		if err != nil {
			return err
		}
	}
	return w.writeJSON("findings.json", findings(*rep))
}

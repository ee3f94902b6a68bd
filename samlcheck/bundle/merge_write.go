package bundle

import (
	"bytes"
	"context"
	"crypto/ed25519"

	"example.com/samepage/samlcheck/report"
)

// writeIndex writes the index in all its forms.
func (m *merger) writeIndex(x *report.Index) error {
	for _, f := range []struct{ name, format string }{
		{indexFile, "json"}, {"index.txt", "text"}, {"index.md", "markdown"}, {"index.html", "html"}, {"junit.xml", "junit"},
	} {
		var b bytes.Buffer
		if err := report.WriteIndex(&b, x, f.format); err != nil {
			return err
		}
		if err := m.w.write(f.name, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func (m *merger) writeManifest() error {
	names, err := m.w.files()
	if err != nil {
		return err
	}
	out := Merged{Schema: MergedSchema, Index: report.IndexSchema, Bundles: m.inner}
	for _, name := range names {
		s, err := m.sumOf(name)
		if err != nil {
			return err
		}
		out.Files = append(out.Files, s)
	}
	return m.w.writeJSON("manifest.json", out)
}

// attest signs the whole: its test results are the targets'.
func (m *merger) attest(ctx context.Context, key ed25519.PrivateKey, x *report.Index) error {
	if key == nil {
		return nil
	}
	p := testResults{Passed: []string{}, Warned: []string{}, Failed: []string{}, Config: []resource{}, Result: "PASSED"}
	for _, e := range x.Entries {
		switch s := e.Summary; {
		case s.Exit == report.ExitFailed:
			p.Failed = append(p.Failed, e.Bundle)
		case s.Exit != report.ExitGood || s.Inconclusive > 0 || e.Cut != "":
			p.Undecided = append(p.Undecided, e.Bundle)
		case s.Warn > 0:
			p.Warned = append(p.Warned, e.Bundle)
		default:
			p.Passed = append(p.Passed, e.Bundle)
		}
	}
	if len(p.Warned) > 0 {
		p.Result = "WARNED"
	}
	if len(p.Failed)+len(p.Undecided) > 0 {
		p.Result = "FAILED"
	}
	return m.w.sign(ctx, key, p, "manifest.json", indexFile)
}

package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
)

// Bundle is what was read from a folder.
type Bundle struct {
	Path     string
	Partial  bool                // it was never finished
	Note     string              // why it is not whole, in words; empty when it is
	Manifest *Manifest           // nil when partial
	Report   report.Report       // as judged then; of a partial bundle only the head
	Records  []transcript.Record // one for each face, in order
	SP       *metadata.Doc       // nil when there was none

	fsys  fs.FS // while it is read
	idp   map[string]*metadata.Doc
	plans map[string]Plan
}

// IdP is the metadata of a face's mock IdP; nil when there is none.
func (b *Bundle) IdP(face string) *metadata.Doc { return b.idp[face] }

// Plan is what was planned for a face; the zero Plan when nobody wrote it down.
func (b *Bundle) Plan(face string) Plan { return b.plans[face] }

// Expect is what the target file expected, as the report keeps it.
func (b *Bundle) Expect() map[string]target.Expected {
	out := map[string]target.Expected{}
	for _, e := range b.Report.Expect {
		want := target.Expected{Is: e.Want, Because: e.Because}
		if day, err := time.Parse(time.DateOnly, e.Until); err == nil {
			want.Until = day
		}
		out[e.ID] = want
	}
	return out
}

// Narrowed says that the run was of selected checks only.
func (b *Bundle) Narrowed() bool { return b.Report.Narrowed }

// ErrNotBundle says that a path holds no bundle.
var ErrNotBundle = errors.New("bundle: no evidence bundle")

// Read reads a bundle, finished or cut short: its folder, or a .zip of it. A last line of the transcript
// that was torn off is left out, and Note says so; any other damage is an error.
func Read(path string) (*Bundle, error) {
	fsys, c, err := source(path)
	if err != nil {
		return nil, err
	}
	defer c.Close() //nolint:errcheck // only read
	if m, err := readMerged(fsys); err != nil {
		return nil, err
	} else if m != nil {
		return nil, fmt.Errorf("bundle: %s is %w", path, ErrMerged)
	}
	b := &Bundle{Path: path, fsys: fsys, idp: map[string]*metadata.Doc{}, plans: map[string]Plan{}}
	raw, err := fs.ReadFile(fsys, "transcript.jsonl")
	if err != nil {
		return nil, fmt.Errorf("%w at %s: %w", ErrNotBundle, path, err)
	}
	for _, read := range []func() error{
		b.readManifest,
		func() error { return b.readRecords(raw) },
		b.readDocs,
		b.readPlans,
		b.readReport,
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *Bundle) readDocs() error {
	var err error
	if b.SP, err = b.doc("metadata/sp.xml"); err != nil {
		return err
	}
	for _, r := range b.Records {
		if b.idp[r.Face], err = b.doc("metadata/idp-" + r.Face + ".xml"); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bundle) doc(name string) (*metadata.Doc, error) {
	raw, err := b.optional(name)
	if raw == nil || err != nil {
		return nil, err
	}
	doc, err := metadata.Parse(raw, name)
	if err != nil {
		return nil, b.damaged(name, err)
	}
	doc.Copy = true
	return doc, nil
}

func (b *Bundle) readManifest() error {
	raw, err := b.optional("manifest.json")
	if err != nil {
		return err
	}
	// A manifest in a folder that has not its final name yet was not searched for
	// leaks to the end, and nobody signed it: it does not count.
	if raw == nil || strings.HasSuffix(filepath.Clean(b.Path), Partial) {
		b.Partial, b.Note = true, "the bundle was never finished"
		return nil
	}
	var m Manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("bundle: manifest.json: %w", err)
	}
	if m.Schema != Schema {
		return fmt.Errorf("bundle: schema %q; this version reads %q", m.Schema, Schema)
	}
	b.Manifest = &m
	return nil
}

func (b *Bundle) readReport() error {
	for _, name := range []string{"report.json", "opening.json"} {
		raw, err := b.optional(name)
		if err != nil {
			return err
		}
		if raw == nil {
			continue
		}
		rep, err := report.ReadJSON(bytes.NewReader(raw))
		if err == nil {
			b.Report = *rep
			break
		}
		if err := b.damaged(name, err); err != nil {
			return err
		}
	}
	if b.Report.Started.IsZero() {
		b.Report.Started = b.began()
	}
	if b.Partial && b.Report.Cut == "" {
		b.Report.Cut = b.Note
	}
	return nil
}

// began is when the first run began: the moment to judge at, when no report
// says it.
func (b *Bundle) began() (t time.Time) {
	for _, rec := range b.Records {
		for _, run := range rec.Runs {
			if t.IsZero() || run.Began.Before(t) {
				t = run.Began
			}
		}
	}
	return t
}

func (b *Bundle) readRecords(raw []byte) error {
	lines := bytes.Split(raw, []byte("\n"))
	for i, line := range lines {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		err := b.readLine(line)
		if err == nil {
			continue
		}
		if i == len(lines)-1 { // no newline after it: the write was cut
			b.tear("the last line of the transcript was torn off")
			break
		}
		return fmt.Errorf("bundle: transcript.jsonl:%d: %w", i+1, err)
	}
	if len(b.Records) == 0 {
		b.tear("nothing was recorded")
	}
	for i := range b.Records {
		if b.Partial && b.Records[i].Cut == "" {
			b.Records[i].Cut = b.Note
		}
	}
	return nil
}

func (b *Bundle) tear(why string) {
	if b.Note != "" {
		b.Note += "; "
	}
	b.Note += why
}

// readLine reads a header, a cut or a run.
func (b *Bundle) readLine(line []byte) error {
	var kind struct {
		Schema string `json:"schema"`
		Face   string `json:"face"`
		Cut    string `json:"cut"`
	}
	if err := json.Unmarshal(line, &kind); err != nil {
		return err
	}
	switch {
	case kind.Schema != "":
		if kind.Schema != transcript.Schema {
			return fmt.Errorf("schema %q; this version reads %q", kind.Schema, transcript.Schema)
		}
		var h header
		if err := json.Unmarshal(line, &h); err != nil {
			return err
		}
		b.Records = append(b.Records, transcript.Record{Face: h.Face, Browser: h.Browser, RunID: h.Run, People: h.People})
		return nil
	case kind.Cut != "":
		if r := b.record(kind.Face); r != nil {
			r.Cut = kind.Cut
		}
		return nil
	}
	var run transcript.Run
	if err := json.Unmarshal(line, &run); err != nil {
		return err
	}
	face, _, _ := strings.Cut(run.ID, "/")
	r := b.record(face)
	if r == nil {
		return fmt.Errorf("run %q belongs to no face that was begun", run.ID)
	}
	r.Runs = append(r.Runs, run)
	return nil
}

func (b *Bundle) record(face string) *transcript.Record {
	for i := range b.Records {
		if b.Records[i].Face == face {
			return &b.Records[i]
		}
	}
	return nil
}

// damaged is an error in a finished bundle. Of remains it is what a killed run
// leaves, half a file: it is told, and the rest is read.
func (b *Bundle) damaged(name string, err error) error {
	if !b.Partial {
		return fmt.Errorf("bundle: %s: %w", name, err)
	}
	b.tear(name + " was not written to its end")
	return nil
}

// optional reads a file of the bundle; nil when it is not there.
func (b *Bundle) optional(name string) ([]byte, error) {
	raw, err := fs.ReadFile(b.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("bundle: %s: %w", name, err)
	}
	return raw, nil
}

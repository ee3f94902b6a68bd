package bundle

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// Writer writes one bundle. Its methods may be called from several goroutines.
type Writer struct {
	final, partial string
	red            *Redactor

	mu    sync.Mutex
	log   file
	raw   *Raw                         // the unredacted record, encrypted; nil where none is kept
	faces map[string]transcript.Record // what was appended, for the messages and accounts
	order []string

	clear map[string]Sum // the files in which nothing was found that must be hidden, as they are
	text  bytes.Buffer   // of one line of the transcript after the other
	piece []byte         // of one file after the other

	synced time.Time   // when the transcript was
	loose  *time.Timer // syncs the lines that were written since; nil for none

	broken error // the first failure to write: nothing after it can be whole
	open   func(string) (file, error)
	lost   func(name string, err error) error // words the failure of a merging, which leaves nothing; nil of a run
}

// file is what the writer needs of an open file; tests bring disks that are full.
type file interface {
	Write([]byte) (int, error)
	Sync() error
	Close() error
}

// header is the first line of a face in transcript.jsonl.
type header struct {
	Schema  string              `json:"schema"`
	Face    string              `json:"face"`
	Browser string              `json:"browser"`
	Run     string              `json:"run"`
	People  []transcript.Person `json:"people"`
}

// cutLine says in transcript.jsonl why a face's run ended early.
type cutLine struct {
	Face string `json:"face"`
	Cut  string `json:"cut"`
}

// Name makes a bundle's name from a target's name and the moment of the run.
func Name(target string, at time.Time) string {
	var b strings.Builder
	for _, r := range strings.ToLower(target) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := b.String()
	if len(slug) > 40 {
		slug = slug[:40]
	}
	if slug = strings.Trim(slug, "-"); slug == "" {
		slug = "target"
	}
	return "samlcheck-" + slug + "-" + at.UTC().Format("20060102T150405Z")
}

// Create begins a bundle in a folder of its own, "<parent>/<name>.partial". The
// parent is made if needed. An existing bundle is never touched: the name gets
// a number.
func Create(parent, name string, red *Redactor) (*Writer, error) {
	return create(parent, name, red, func(p string) (file, error) {
		return os.OpenFile(p, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	})
}

func create(parent, name string, red *Redactor, open func(string) (file, error)) (*Writer, error) {
	if red == nil {
		return nil, errors.New("bundle: no redactor: nothing is written without one")
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, fmt.Errorf("bundle: the evidence folder cannot be made: %w", err)
	}
	final, err := free(filepath.Join(parent, name))
	if err != nil {
		return nil, err
	}
	w := &Writer{
		final: final, partial: final + Partial, red: red, open: open,
		faces: map[string]transcript.Record{}, clear: map[string]Sum{}, piece: make([]byte, 1<<17),
	}
	if err := os.Mkdir(w.partial, 0o700); err != nil {
		return nil, fmt.Errorf("bundle: the evidence folder cannot be made: %w", err)
	}
	if w.log, err = open(filepath.Join(w.partial, "transcript.jsonl")); err != nil {
		return nil, w.fail("transcript.jsonl", err)
	}
	return w, nil
}

// free finds a name that neither a whole nor a partial bundle has.
func free(path string) (string, error) {
	for n := 1; n < 1000; n++ {
		p := path
		if n > 1 {
			p = fmt.Sprintf("%s-%d", path, n)
		}
		taken := false
		for _, q := range []string{p, p + Partial} {
			if _, err := os.Lstat(q); err == nil {
				taken = true
			} else if !errors.Is(err, fs.ErrNotExist) {
				return "", fmt.Errorf("bundle: %w", err)
			}
		}
		if !taken {
			return p, nil
		}
	}
	return "", fmt.Errorf("bundle: %s and a thousand more exist already", path)
}

// Path is where the evidence lies now: the partial folder until Finish.
func (w *Writer) Path() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := os.Stat(w.final); err == nil {
		return w.final
	}
	return w.partial
}

// Contents is what a bundle holds beside the transcript.
type Contents struct {
	Report *report.Report
	Plans  map[string]*engine.Plan  // by face
	SP     *metadata.Doc            // nil when the target gives no metadata
	IdP    map[string]*metadata.Doc // by face
	Target string                   // the target file as it was read; "" for none
	Key    ed25519.PrivateKey       // signs the attestation; nil for none
}

// Open keeps what is known before the first login, so that the remains of a
// killed run can still be judged: the head of the report, the plans and the
// documents.
func (w *Writer) Open(c Contents) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c.Report != nil {
		head := w.red.Report(*c.Report)
		head.Schema = report.Schema
		if err := w.writeJSON("opening.json", head); err != nil {
			return err
		}
	}
	if err := w.writeContents(c); err != nil {
		return err
	}
	if err := syncAll(w.partial); err != nil {
		return w.fail(w.partial, err)
	}
	return nil
}

func (w *Writer) writeContents(c Contents) error {
	if c.SP != nil {
		if err := w.write("metadata/sp.xml", w.clean(c.SP.Raw)); err != nil {
			return err
		}
	}
	for _, face := range slices.Sorted(maps.Keys(c.IdP)) {
		if doc := c.IdP[face]; doc != nil {
			if err := w.write("metadata/idp-"+face+".xml", w.clean(doc.Raw)); err != nil {
				return err
			}
		}
	}
	if c.Target != "" {
		if err := w.write("config.redacted.yaml", w.clean([]byte(c.Target))); err != nil {
			return err
		}
	}
	if len(c.Plans) == 0 {
		return nil
	}
	return w.writeJSON("plan.json", planned(c.Plans))
}

// Begin opens a face: its name, browser, run id and people. rec.Runs is not
// looked at.
func (w *Writer) Begin(rec transcript.Record) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.raw.line(rawHeader(rec)); err != nil {
		return err
	}
	rec.Runs, rec.People = nil, w.red.People(rec.People)
	w.faces[rec.Face] = rec
	w.order = append(w.order, rec.Face)
	return w.line(header{Schema: transcript.Schema, Face: rec.Face, Browser: rec.Browser, Run: rec.RunID, People: rec.People})
}

// Append keeps one run of a face that was begun, redacted; it is on the disk within
// a second. It returns what it kept, also where it could not be written.
func (w *Writer) Append(face string, run transcript.Run) (transcript.Run, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	clean := w.red.Run(run)
	rec, ok := w.faces[face]
	if !ok {
		return clean, fmt.Errorf("bundle: face %q was not begun", face)
	}
	if err := w.raw.line(run); err != nil {
		return clean, err
	}
	rec.Runs = append(rec.Runs, clean)
	w.faces[face] = rec
	return clean, w.line(clean)
}

// Cut says why a face's run ended early.
func (w *Writer) Cut(face, why string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.line(cutLine{face, w.red.String(why)})
}

func (w *Writer) line(v any) error {
	if w.broken != nil {
		return w.broken
	}
	w.text.Reset()
	enc := json.NewEncoder(&w.text)
	enc.SetEscapeHTML(false) // nobody takes it for HTML, and messages are full of angle brackets
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	delete(w.clear, "transcript.jsonl")
	if _, err := w.log.Write(w.text.Bytes()); err != nil {
		return w.fail("transcript.jsonl", err)
	}
	return w.settleLine()
}

// longestLoose is how long a line of the transcript may wait for the disk. A
// killed process loses nothing of it; a power cut does.
const longestLoose = time.Second

// settleLine syncs the transcript: at once, or together with what follows soon,
// since the runs of a service provider on this machine come by the hundred in a
// second.
func (w *Writer) settleLine() error {
	if w.loose != nil {
		return nil
	}
	if wait := longestLoose - time.Since(w.synced); wait > 0 {
		w.loose = time.AfterFunc(wait, func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			if w.loose != nil {
				_ = w.syncLog() // who writes next is told
			}
		})
		return nil
	}
	return w.syncLog()
}

func (w *Writer) syncLog() error {
	w.loose, w.synced = nil, time.Now()
	if err := w.log.Sync(); err != nil {
		return w.fail("transcript.jsonl", err)
	}
	return nil
}

// closeLog closes the transcript when all of it is on the disk.
func (w *Writer) closeLog() error {
	if w.loose != nil {
		w.loose.Stop()
	}
	return errors.Join(w.syncLog(), w.log.Close())
}

// fail says what could not be written and that the rest is still there.
func (w *Writer) fail(name string, err error) error {
	if w.lost != nil {
		w.broken = w.lost(name, err)
		return w.broken
	}
	w.broken = fmt.Errorf("bundle: %s cannot be written: %w (what was seen until then is in %s)", name, err, w.partial)
	return w.broken
}

func (w *Writer) clean(doc []byte) []byte { return []byte(w.red.String(string(doc))) }

func (w *Writer) writeJSON(name string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("bundle: %s: %w", name, err)
	}
	return w.write(name, append(b, '\n'))
}

// write makes one file of the bundle.
func (w *Writer) write(name string, data []byte) error {
	return w.stream(name, func(f io.Writer) error {
		_, err := f.Write(data)
		return err
	})
}

// stream makes one file of the bundle by what writes it. It is synced with all
// others: a thousand small files one by one cost more than all else.
func (w *Writer) stream(name string, write func(io.Writer) error) error {
	delete(w.clear, name)
	p := filepath.Join(w.partial, filepath.FromSlash(name))
	f, err := w.open(p)
	if errors.Is(err, fs.ErrNotExist) { // the first in its folder
		if err = os.MkdirAll(filepath.Dir(p), 0o700); err == nil {
			f, err = w.open(p)
		}
	}
	if err != nil {
		return w.fail(name, err)
	}
	if err = errors.Join(write(f), f.Close()); err != nil {
		return w.fail(name, err)
	}
	return nil
}

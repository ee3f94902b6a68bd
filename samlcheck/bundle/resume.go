package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// Resume opens the remains of a run ("....partial") to go on with it, and
// returns what they hold. What says that the run was cut short, and a last line
// that was torn off, are taken out of the transcript; the runs stay byte for
// byte. The redactor must have the first run's key, or one person would have two
// pseudonyms. Whoever resumes makes sure that nobody else writes there.
func Resume(partial string, red *Redactor) (*Writer, *Bundle, error) {
	if red == nil {
		return nil, nil, errors.New("bundle: no redactor: nothing is written without one")
	}
	if !strings.HasSuffix(partial, Partial) {
		return nil, nil, fmt.Errorf("bundle: %s is no unfinished bundle", partial)
	}
	if err := mend(filepath.Join(partial, "transcript.jsonl")); err != nil {
		return nil, nil, err
	}
	b, err := Read(partial)
	if err != nil {
		return nil, nil, err
	}
	w := &Writer{
		final: strings.TrimSuffix(partial, Partial), partial: partial, red: red, clear: map[string]Sum{}, piece: make([]byte, 1<<17),
		open: func(p string) (file, error) { return os.OpenFile(p, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) },
	}
	w.recall(b)
	if w.log, err = os.OpenFile(filepath.Join(partial, "transcript.jsonl"), os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return nil, nil, fmt.Errorf("bundle: the transcript cannot be continued: %w", err)
	}
	return w, b, nil
}

// recall takes over what was recorded. The faces go on, so none is cut short.
func (w *Writer) recall(b *Bundle) {
	w.faces = map[string]transcript.Record{}
	for i := range b.Records {
		b.Records[i].Cut = ""
		w.faces[b.Records[i].Face] = b.Records[i]
		w.order = append(w.order, b.Records[i].Face)
	}
}

// mend rewrites a transcript without its ends: cuts, and what was torn off.
func mend(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("bundle: the transcript cannot be continued: %w", err)
	}
	lines := bytes.SplitAfter(raw, []byte("\n"))
	kept := slices.DeleteFunc(lines, func(line []byte) bool {
		var l cutLine
		return !bytes.HasSuffix(line, []byte("\n")) || json.Unmarshal(line, &l) == nil && l.Cut != ""
	})
	next := path + ".next"
	f, err := os.OpenFile(next, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("bundle: the transcript cannot be continued: %w", err)
	}
	_, err = f.Write(bytes.Join(kept, nil))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return fmt.Errorf("bundle: the transcript cannot be continued: %w", err)
	}
	return nil
}

// Pause closes the transcript and leaves the folder as it is, to be resumed. It
// returns the folder.
func (w *Writer) Pause() (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.closeLog(); err != nil {
		return w.partial, w.fail("transcript.jsonl", err)
	}
	return w.partial, nil
}

package suite

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/browser/manual"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// remains is what a run by hand leaves for a later one to go on, written after
// every step. It holds the key of the pseudonyms, so it lies in the state folder
// (mode 0600) and never in the bundle.
type remains struct {
	Bundle  string                  `json:"bundle"` // the unfinished one
	Run     string                  `json:"run"`
	Key     []byte                  `json:"key"`
	Started time.Time               `json:"started"`
	Plan    string                  `json:"plan"` // digest of what was planned: another plan cannot be gone on with
	Done    int                     `json:"done"` // steps, for the person to read
	Of      int                     `json:"of"`
	Memory  map[string]actor.Memory `json:"memory"`           // by face
	Handed  string                  `json:"handed,omitempty"` // the performance whose response was handed out last

	path string
}

// earlier is an unfinished run that is gone on with.
type earlier struct {
	records map[string]transcript.Record // by face, redacted
}

// from is how many entries of the face's order were done.
func (e *earlier) from(face string) int {
	if e == nil {
		return 0
	}
	runs := e.records[face].Runs
	if len(runs) == 0 {
		return 0
	}
	return runs[len(runs)-1].Seq + 1
}

func (e *earlier) begun(face string) bool {
	if e == nil {
		return false
	}
	_, ok := e.records[face]
	return ok
}

// findEarlier looks for an unfinished run of the same target, and asks what is
// to become of it.
func (h *hand) findEarlier(ctx context.Context, selected []samlcheck.Check) error {
	if h.j.o.Out == "" {
		return nil // nothing is kept, so nothing can be gone on with
	}
	fresh := &remains{Run: h.j.runID, Key: make([]byte, 32), Started: h.j.now().UTC(), Memory: map[string]actor.Memory{},
		Plan: h.planned(selected), path: h.j.remainsPath()}
	if _, err := rand.Read(fresh.Key); err != nil {
		return fmt.Errorf("suite: no randomness for the run's key: %w", err)
	}
	h.remains = fresh
	old, err := readRemains(fresh.path)
	if err != nil || old == nil {
		return err
	}
	on, err := h.goesOn(ctx, old, old.Plan == fresh.Plan)
	if on {
		h.remains, h.j.runID, h.earlier = old, old.Run, &earlier{}
	}
	return err
}

// goesOn decides whether the earlier run is gone on with.
func (h *hand) goesOn(ctx context.Context, old *remains, fits bool) (bool, error) {
	at := old.Started.Local().Format("2006-01-02 15:04")
	what := fmt.Sprintf("A run from %s stopped at step %d of %d.", at, old.Done+1, old.Of)
	switch answer := h.j.o.ByHand.Resume; {
	case answer == "no" || answer == "" && !fits:
		return false, nil
	case answer != "" && !fits:
		return false, usagef("leave --resume out to begin anew; what was seen stays in "+old.Bundle,
			"suite: the run from %s cannot be gone on with: the target file, the selection or this program has changed since", at)
	case answer != "":
		return true, nil
	}
	a, err := h.Guide.Ask(ctx, manual.Card{
		Title: "Go on where you stopped?", Do: []manual.Line{{Text: what + " What was answered until then is kept."}},
		Button: "Go on", Also: []manual.Button{{Name: "anew", Label: "Begin anew", Help: "Begin anew: the unfinished evidence stays where it is."}},
	})
	return err == nil && a.Button == "", err
}

// planned is the digest of what is to be done, where, and by whose eyes.
func (h *hand) planned(selected []samlcheck.Check) string {
	sum := sha256.New()
	fmt.Fprintln(sum, tool().Version, tool().Catalogue, h.j.sp.EntityID, h.j.t.IdP.BaseURL, h.j.faces())
	p := h.j.plan(selected)
	for _, perf := range p.Order() {
		fmt.Fprintln(sum, perf.Trial.Key(), perf.Again)
	}
	if k := h.j.t.People.Known; k != nil {
		fmt.Fprintln(sum, k.Email)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// remainsPath is a file of the state folder for each target.
func (j *job) remainsPath() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{j.t.Path(), j.t.Name, j.sp.EntityID}, "\x00")))
	return filepath.Join(j.t.IdP.State, "manual-"+hex.EncodeToString(sum[:6])+".json")
}

// readRemains reads what an earlier run left; nil where there is none, or where
// its evidence is gone.
func readRemains(path string) (*remains, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // there is no earlier run
	}
	if err != nil {
		return nil, fmt.Errorf("suite: the unfinished run cannot be read: %w", err)
	}
	r := &remains{path: path}
	if err := json.Unmarshal(raw, r); err != nil {
		return nil, usage{fmt.Errorf("suite: %s cannot be read: %w", path, err), "remove it to begin anew"}
	}
	if _, err := os.Stat(filepath.Join(r.Bundle, "transcript.jsonl")); err != nil {
		return nil, nil //nolint:nilerr,nilnil // the evidence was removed: there is nothing to go on with
	}
	return r, nil
}

// save writes the file whole or not at all.
func (r *remains) save() error {
	if r == nil {
		return nil
	}
	raw, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(r.path), 0o700)
	}
	if err == nil {
		err = os.WriteFile(r.path+".next", raw, 0o600)
	}
	if err == nil {
		err = os.Rename(r.path+".next", r.path)
	}
	if err != nil {
		return fmt.Errorf("suite: what a later run needs to go on cannot be written: %w", err)
	}
	return nil
}

// handed notes that a response of the step under way left the house.
func (h *hand) handed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.remains != nil && h.remains.Handed != h.now {
		h.remains.Handed = h.now
		_ = h.remains.save() // the step itself will be written, or the run stops there
	}
}

// resume opens the bundle of the earlier run.
func (h *hand) resume(e *evidence, red *bundle.Redactor) error {
	w, b, err := bundle.Resume(h.remains.Bundle, red)
	if err != nil {
		return usage{err, "--resume=no begins anew"}
	}
	e.w = w
	h.earlier.records = map[string]transcript.Record{}
	for _, rec := range b.Records {
		h.earlier.records[rec.Face] = rec
	}
	return nil
}

// before prepares a face: what was seen of it, what it knew, the setting up.
func (h *hand) before(ctx context.Context, f *face) error {
	h.Desk.Idle(f.stage.IdP.Play(idp.Reply{}, nil))
	if h.remains != nil {
		if m, ok := h.remains.Memory[f.name]; ok {
			f.stage.Recall(m)
		}
	}
	from := h.earlier.from(f.name)
	if h.earlier.begun(f.name) {
		f.record.People, f.record.Runs = h.earlier.records[f.name].People, h.earlier.records[f.name].Runs
	}
	if h.remains != nil && h.remains.Handed == performance(f.name, from) {
		h.Begun = 1
	}
	if from > 0 {
		return nil
	}
	return h.welcome(ctx, f)
}

func performance(face string, seq int) string { return fmt.Sprintf("%s/%03d", face, seq) }

// at notes which step is under way.
func (h *hand) at(f *face, done, of int) {
	h.Guide.Progress(done+1, of)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = performance(f.name, done)
	if h.remains != nil {
		h.remains.Done, h.remains.Of = done, of
	}
}

// after keeps what a later run needs, once a step is written.
func (h *hand) after(f *face) error {
	if h.remains == nil {
		return nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remains.Memory[f.name] = f.stage.Memory()
	h.remains.Done++
	return h.remains.save()
}

// over removes what nobody needs any more.
func (h *hand) over() error {
	if h.remains == nil {
		return nil
	}
	if err := os.Remove(h.remains.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("suite: %w", err)
	}
	return nil
}

// keep notes where the evidence of this run grows.
func (h *hand) keep(bundle string) error {
	if h == nil || h.remains == nil {
		return nil
	}
	path, err := filepath.Abs(bundle)
	if err != nil {
		return fmt.Errorf("suite: %w", err)
	}
	h.remains.Bundle = path
	return h.remains.save()
}

// performByHand does one face's work with a person. A step that was interrupted
// is not written down: it is done anew when the run goes on.
func (j *job) performByHand(ctx context.Context, f *face, red *bundle.Redactor, w *evidence) error {
	h := j.hand
	if err := h.before(ctx, f); err != nil {
		return err
	}
	return engine.Perform(ctx, f.plan, engine.Stage{
		Face: f.name, Actor: f.stage.New, Now: j.now, From: h.earlier.from(f.name),
		Emit: func(r transcript.Run) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			clean, err := w.append(f.name, r, red)
			f.record.Runs = append(f.record.Runs, clean)
			if err != nil {
				return err
			}
			return h.after(f)
		},
		Told: func(done, of int, _ trial.Trial) { h.at(f, done, of) },
	})
}

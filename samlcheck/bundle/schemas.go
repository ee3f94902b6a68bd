package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"github.com/google/jsonschema-go/jsonschema"

	"example.com/samepage/docs/schema"
)

// described lists the files of a bundle that have a schema. The transcript has
// one for each of its lines.
func described() map[string]string {
	return map[string]string{
		"report.json": "report", "manifest.json": "manifest", "findings.json": "findings", "accounts.json": "accounts",
		"redaction.json": "redaction", "plan.json": "plan", "transcript.jsonl": "transcript-line",
	}
}

// schemasOf holds every file that has a schema against it.
func (v *Verified) schemasOf(fsys fs.FS, described map[string]string) error {
	var errs []error
	for file, name := range described {
		raw, err := fs.ReadFile(fsys, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the manifest says whether it is missing
		}
		if err != nil {
			return fmt.Errorf("bundle: %w", err)
		}
		s, err := compiled(name)
		if err != nil {
			return err
		}
		docs := [][]byte{raw}
		if file == "transcript.jsonl" {
			docs = bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
		}
		for i, doc := range docs {
			if err := valid(s, doc); err != nil {
				errs = append(errs, fmt.Errorf("bundle: %s:%d does not keep to its schema: %w", file, i+1, err))
				break
			}
			v.Schemas++
		}
	}
	return errors.Join(errs...)
}

// compiled makes a published schema ready. The library makes ready nothing before
// it is asked: every start of the command would pay for it.
func compiled(name string) (*jsonschema.Resolved, error) {
	raw, err := schema.Files.ReadFile(name + ".schema.json")
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, fmt.Errorf("bundle: schema %s: %w", name, err)
	}
	r, err := s.Resolve(nil)
	if err != nil {
		return nil, fmt.Errorf("bundle: schema %s: %w", name, err)
	}
	return r, nil
}

func valid(s *jsonschema.Resolved, doc []byte) error {
	var v any
	if err := json.Unmarshal(doc, &v); err != nil {
		return err
	}
	return s.Validate(v)
}

package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/santhosh-tekuri/jsonschema/v6"

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

func compiled(name string) (*jsonschema.Schema, error) {
	raw, err := schema.Files.ReadFile(name + ".schema.json")
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("bundle: schema %s: %w", name, err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, doc); err != nil {
		return nil, fmt.Errorf("bundle: schema %s: %w", name, err)
	}
	s, err := c.Compile(name)
	if err != nil {
		return nil, fmt.Errorf("bundle: schema %s: %w", name, err)
	}
	return s, nil
}

func valid(s *jsonschema.Schema, doc []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

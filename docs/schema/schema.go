// Package schema holds the published JSON Schemas of the files of an evidence
// bundle: report.json, a line of transcript.jsonl, manifest.json, findings.json,
// accounts.json, redaction.json and plan.json, and of a merged bundle: its
// manifest.json (merged) and index.json.
//
// They are made from the Go types that write the files (`go test
// ./samlcheck/bundle -run TestSchemas -update`) and lie here so that others can
// read them without this program. It refuses to do anything: it is data.
package schema

import "embed"

// Files are the schemas, "<name>.schema.json", JSON Schema 2020-12.
//
//go:embed *.schema.json
var Files embed.FS

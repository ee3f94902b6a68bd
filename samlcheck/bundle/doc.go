// Package bundle writes and reads the evidence folder of a run.
//
// A [Writer] keeps what was seen as it is seen: every run is appended to
// transcript.jsonl and synced, so a killed process leaves all but its last
// line. Until it is whole the folder is named "<name>.partial"; [Writer.Finish]
// writes the rest, searches every file for what must not be in it, and renames.
// A finished bundle is whole or it is not there.
//
// A [Redactor] takes the known member's identity and the configured secrets out
// before anything is written or judged, so that judging the bundle again gives
// the same findings by construction.
//
// It refuses to keep what it cannot keep safely: a secret found in any file
// refuses the whole bundle, and no option turns that off. It holds no private
// key and never the mapping from pseudonyms to people. docs/bundle.md says what
// each file means.
package bundle

// Schema names the version of the folder's layout (manifest.json).
const Schema = "samlcheck.bundle/v1"

// Partial is the ending of a bundle that is not whole.
const Partial = ".partial"

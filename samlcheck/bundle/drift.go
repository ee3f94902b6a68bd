package bundle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/difference"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// Kinds of drift.
const (
	DriftMetadata = "metadata"
	DriftRequest  = "request" // what the service provider asks for
	DriftLanding  = "landing" // where a login comes to rest
	DriftVerdict  = "verdict" // of a check, or the JIT verdict
)

// Drift is one thing that two runs did not see alike.
type Drift struct {
	Kind  string `json:"kind"`
	Face  string `json:"face,omitempty"`
	What  string `json:"what"` // a check's id, "<trial> <step>", a part of a document or a request
	Was   string `json:"was"`
	Is    string `json:"is"`
	Worse bool   `json:"worse,omitempty"` // a check that did not fail fails now; metadata that breaks
}

// Drifted compares two runs of a target, in order of kind. What only one of them
// asked is left out, but for checks: "" stands for "not asked".
func Drifted(was, is *Bundle) ([]Drift, error) {
	out, err := documents("", "SP metadata", was.SP, is.SP)
	if err != nil {
		return nil, err
	}
	for _, now := range is.Records {
		then := was.record(now.Face)
		if then == nil {
			continue
		}
		docs, err := documents(now.Face, "IdP metadata", was.IdP(now.Face), is.IdP(now.Face))
		if err != nil {
			return nil, err
		}
		out = append(append(out, docs...), requests(*then, now)...)
	}
	for _, pair := range facing(was.Report, is.Report) {
		out = append(append(out, landings(pair[0], pair[1])...), verdicts(pair[0], pair[1])...)
	}
	return out, nil
}

// Verdicts compares what two reports say of one run: the run's own, and that of
// a newer catalogue. A check that did not exist then was "".
func Verdicts(was, is report.Report) []Drift {
	var out []Drift
	for _, pair := range facing(was, is) {
		out = append(out, verdicts(pair[0], pair[1])...)
	}
	return out
}

// Alone lists the faces that only the older run asked as, and those that only the
// newer one did: of these nothing can be compared.
func Alone(was, is *Bundle) (older, newer []string) {
	return facesBut(was.Report, is.Report), facesBut(is.Report, was.Report)
}

// facesBut lists the faces of a report that another does not have.
func facesBut(of, not report.Report) (out []string) {
	for _, f := range of.Faces {
		if !slices.ContainsFunc(not.Faces, func(o report.Face) bool { return o.Face == f.Face }) {
			out = append(out, f.Face)
		}
	}
	return out
}

// facing pairs the faces of two reports; what only one has is left out.
func facing(was, is report.Report) (pairs [][2]report.Face) {
	for _, now := range is.Faces {
		i := slices.IndexFunc(was.Faces, func(f report.Face) bool { return f.Face == now.Face })
		if i >= 0 {
			pairs = append(pairs, [2]report.Face{was.Faces[i], now})
		}
	}
	return pairs
}

func documents(face, what string, was, is *metadata.Doc) ([]Drift, error) {
	if was == nil || is == nil {
		return nil, nil
	}
	changes, err := difference.Between(was, is)
	if err != nil {
		return nil, fmt.Errorf("bundle: %s: %w", what, err)
	}
	var out []Drift
	for _, c := range changes {
		out = append(out, Drift{DriftMetadata, face, what + ": " + c.What, c.Was, c.Is, c.Gravity != difference.Harmless})
	}
	return out, nil
}

// requests compares what the service provider asked at its first good login.
func requests(was, is transcript.Record) []Drift {
	a, _ := control(was.Runs)
	b, _ := control(is.Runs)
	return changed(DriftRequest, is.Face, shapeOf(a), shapeOf(b))
}

// shapeOf is a request by its parts, without what differs in every request.
func shapeOf(m *transcript.Message) map[string]string {
	if m == nil {
		return nil
	}
	out := map[string]string{"binding": m.Binding, "RelayState": "none"}
	if m.HasRelayState || m.RelayState != "" {
		out["RelayState"] = "sent"
	}
	for _, p := range []string{"SigAlg", "Signature"} {
		if strings.Contains("&"+m.Query, "&"+p+"=") {
			out["query "+p] = "sent"
		}
	}
	doc := etree.NewDocument()
	if doc.ReadFromString(m.XML) != nil || doc.Root() == nil {
		return out
	}
	elements(doc.Root(), "", out)
	return out
}

// elements gathers the elements below e, their texts and attributes, by path.
func elements(e *etree.Element, path string, out map[string]string) {
	path += "/" + e.Tag
	out[path] = strings.TrimSpace(e.Text())
	if e.Tag == "DigestValue" || e.Tag == "SignatureValue" {
		out[path] = "*"
	}
	for _, a := range e.Attr {
		switch {
		case a.Space == "xmlns", a.Key == "xmlns", a.Key == "ID", a.Key == "IssueInstant", a.Key == "URI":
		default:
			out[path+"@"+a.Key] = a.Value
		}
	}
	for _, c := range e.ChildElements() {
		elements(c, path, out)
	}
}

func landings(was, is report.Face) []Drift {
	of := func(f report.Face) map[string]string {
		out := map[string]string{}
		for _, l := range f.Landings {
			if _, there := out[l.Trial+" "+l.Step]; !there && l.Landing != "" {
				out[l.Trial+" "+l.Step] = l.Landing
			}
		}
		return out
	}
	a, b := of(was), of(is)
	maps.DeleteFunc(a, func(k, _ string) bool { return b[k] == "" })
	maps.DeleteFunc(b, func(k, _ string) bool { return a[k] == "" })
	return changed(DriftLanding, is.Face, a, b)
}

func verdicts(was, is report.Face) []Drift {
	of := func(f report.Face) map[string]string {
		out := map[string]string{}
		if f.JIT != nil {
			out["jit"] = string(report.Verdict(*f.JIT))
		}
		for _, x := range f.Findings {
			out[x.Check] = string(x.Outcome)
		}
		return out
	}
	out := changed(DriftVerdict, is.Face, of(was), of(is))
	for i := range out {
		out[i].Worse = out[i].Is == string(samlcheck.Fail)
	}
	return out
}

// changed are the entries of two tables that are not alike, sorted.
func changed(kind, face string, was, is map[string]string) (out []Drift) {
	if was == nil || is == nil {
		return nil
	}
	keys := map[string]bool{}
	for k := range was {
		keys[k] = true
	}
	for k := range is {
		keys[k] = true
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if was[k] != is[k] {
			out = append(out, Drift{Kind: kind, Face: face, What: k, Was: was[k], Is: is[k]})
		}
	}
	return out
}

// Is says whether a path holds a bundle: a folder with a transcript, or a .zip
// of one.
func Is(path string) bool {
	fsys, c, err := source(path)
	if err != nil {
		return false
	}
	defer c.Close() //nolint:errcheck // only read
	f, err := fsys.Open("transcript.jsonl")
	if err != nil {
		return false
	}
	return f.Close() == nil
}

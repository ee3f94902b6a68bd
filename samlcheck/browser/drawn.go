package browser

import (
	"net/http"
	"slices"

	"example.com/samepage/samlcheck/transcript"
)

const (
	maxFetches = 100
	maxStorage = 200
	maxConsole = 20
)

// Drawn is what a browser that runs scripts sees of a page at rest.
type Drawn struct {
	HTML    string // the page as it is drawn: what is hidden has the attribute hidden
	Storage []Stored
}

// Stored is one entry of a page's storage. It holds secrets and is never
// recorded.
type Stored struct {
	Where string // local, session
	Key   string
	Value string
}

// ObserveDrawn is Observe for a page that scripts have drawn. The text, the
// forms and the links are those of d; body is what the server sent. An answer
// that is no HTML page is read as it was sent.
func ObserveDrawn(hop *transcript.Hop, header http.Header, body []byte, d Drawn) {
	observeHead(hop, header, body)
	kind := header.Get("Content-Type")
	if kindOf(kind, body) == kindHTML {
		readBody(hop, "text/html; charset=utf-8", []byte(d.HTML))
	} else {
		readBody(hop, kind, body)
	}
	for _, s := range d.Storage {
		readStored(hop, s)
	}
}

// readStored notes the key, and the token-like values by their place: the
// value itself, or what a JSON value holds.
func readStored(hop *transcript.Hop, s Stored) {
	place := s.Where + ":" + shorten(cut(s.Key, true), 100)
	if len(hop.Storage) < maxStorage && !slices.Contains(hop.Storage, place) {
		hop.Storage = append(hop.Storage, place)
	}
	add := func(place, value string) {
		if TokenLike(value) && len(hop.Tokens) < maxTokens {
			hop.Tokens = append(hop.Tokens, transcript.Token{Place: "storage:" + place, Digest: Digest(value)})
		}
	}
	add(place, s.Value)
	walkJSON([]byte(s.Value), func(path string, value any) bool {
		if v, ok := value.(string); ok {
			add(place+"."+cut(path, true), v)
		}
		return true
	})
}

// AddFetch notes a request of the page's scripts.
func AddFetch(hop *transcript.Hop, f transcript.Fetch) {
	if len(hop.Fetches) < maxFetches {
		f.URL, f.Error = shorten(CutURL(f.URL), maxHeader), cut(f.Error, true)
		hop.Fetches = append(hop.Fetches, f)
	}
}

// AddConsole notes an error that the page reported.
func AddConsole(hop *transcript.Hop, text string) {
	if text = clean(CutURL(text)); text != "" && len(hop.Console) < maxConsole && !slices.Contains(hop.Console, text) {
		hop.Console = append(hop.Console, text)
	}
}

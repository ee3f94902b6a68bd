package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// deepestJSON is how far an answer's values are looked for.
const deepestJSON = 32

// readJSON records the paths, every value as a block "path: value" (so that
// the oracle has words), and the token-like values by their place.
func readJSON(hop *transcript.Hop, body []byte) {
	b := blocks{}
	seen := map[string]bool{}
	walkJSON(body, func(path string, value any) bool {
		shown := cut(path, true)
		if shown != "" && !seen[shown] && len(hop.JSONKeys) < maxKeys {
			seen[shown] = true
			hop.JSONKeys = append(hop.JSONKeys, shown)
		}
		switch v := value.(type) {
		case json.Delim: // an object or an array: its members come by themselves
		case string:
			if TokenLike(v) && !message(lastKey(path)) && len(hop.Tokens) < maxTokens {
				hop.Tokens = append(hop.Tokens, transcript.Token{Place: "json:" + shown, Digest: Digest(v)})
			}
			b.write(shown + ": " + cutValue(lastKey(path), v))
			b.end()
		default:
			b.write(fmt.Sprintf("%s: %v", shown, word(v)))
			b.end()
		}
		return true
	})
	hop.JSONKeys = slices.Clip(hop.JSONKeys)
	hop.Blocks = b.all
}

// cutValue is a string of an answer without its secrets.
func cutValue(key, v string) string {
	switch {
	case v == "":
		return v
	case TokenLike(v), message(key), named(key, v):
		return "~" + Digest(v)
	case strings.Contains(v, "://"), strings.HasPrefix(v, "/"):
		return cutURL(v, deepest)
	}
	return v // clean cuts what stands inside of a sentence
}

func lastKey(path string) string {
	return strings.TrimSuffix(path[strings.LastIndexByte(path, '.')+1:], "[]")
}

func word(v any) any {
	if v == nil {
		return "null"
	}
	return v
}

// frame is one object or array that the walk is inside of.
type frame struct {
	path  string // of its members, up to the key
	array bool
	key   string // the member's name; "" while one is awaited
	named bool
}

func (f *frame) place() string {
	switch {
	case f.array:
		return f.path + "[]"
	case f.path == "":
		return f.key
	}
	return f.path + "." + f.key
}

// walkJSON calls visit for every member and element in the order of the text,
// with its path ("data.user.email", "items[].id") and its value (a json.Delim
// for an object or array), until visit says false. A text that breaks off is
// read as far as it goes.
func walkJSON(body []byte, visit func(path string, value any) bool) {
	body = bytes.TrimPrefix(bytes.TrimSpace(body), []byte{0xEF, 0xBB, 0xBF})
	for _, p := range xssi {
		body = bytes.TrimPrefix(body, p)
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var stack []frame
	for {
		t, err := d.Token()
		if err != nil || len(stack) > deepestJSON {
			return
		}
		if end, ok := t.(json.Delim); ok && (end == '}' || end == ']') {
			stack = stack[:len(stack)-1]
			continue
		}
		path := ""
		if n := len(stack); n > 0 {
			top := &stack[n-1]
			if !top.array && !top.named {
				top.key, _ = t.(string)
				top.named = true
				continue
			}
			path = top.place()
			top.named = false
		}
		if (path != "" || len(stack) > 0) && !visit(path, t) {
			return
		}
		if open, ok := t.(json.Delim); ok {
			stack = append(stack, frame{path: path, array: open == '['})
		}
	}
}

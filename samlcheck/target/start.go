package target

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
)

// placeholder stands in a text for what is known of the person or the face.
var placeholder = regexp.MustCompile(`\{\{[a-z_]+\}\}`)

// For is the start of one person's login: expand fills the placeholders of
// every text in it. In the address they are escaped as their place asks.
func (s *Start) For(expand func(string) string) *Start {
	out := *s
	out.URL = expandedURL(s.URL, expand)
	out.Form, out.Fill = expanded(s.Form, expand), expanded(s.Fill, expand)
	out.JSON = expandedJSON(s.JSON, expand)
	return &out
}

func expandedURL(address string, expand func(string) string) string {
	path, query, asks := strings.Cut(address, "?")
	fill := func(text string, escape func(string) string) string {
		return placeholder.ReplaceAllStringFunc(text, func(p string) string { return escape(expand(p)) })
	}
	if path = fill(path, url.PathEscape); !asks {
		return path
	}
	return path + "?" + fill(query, url.QueryEscape)
}

func expanded(in map[string]string, expand func(string) string) map[string]string {
	if in == nil {
		return nil
	}
	out := make(map[string]string, len(in))
	for k, v := range in {
		out[k] = expand(v)
	}
	return out
}

func expandedJSON(v any, expand func(string) string) any {
	switch x := v.(type) {
	case string:
		return expand(x)
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, item := range x {
			out[k] = expandedJSON(item, expand)
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, item := range x {
			out[i] = expandedJSON(item, expand)
		}
		return out
	}
	return v
}

// JSONBody is the JSON to post; nil for none.
func (s *Start) JSONBody() []byte {
	if s.JSON == nil {
		return nil
	}
	b, err := json.Marshal(s.JSON)
	if err != nil {
		return nil // made of maps, lists and scalars: cannot happen
	}
	return b
}

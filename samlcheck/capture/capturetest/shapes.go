package capturetest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Shape is who saved the file.
type Shape string

// Shapes.
const (
	Chrome    Shape = "WebInspector"
	Firefox   Shape = "Firefox"
	Safari    Shape = "WebKit Web Inspector"
	Fiddler   Shape = "Fiddler"
	Tracer    Shape = "SAML-tracer"
	TracerOld Shape = "SAML-tracer before 1.0"
)

// Shapes lists all of them.
func Shapes() []Shape { return []Shape{Chrome, Firefox, Safari, Fiddler, Tracer, TracerOld} }

type object = map[string]any

// File saves the entries in a shape.
func File(shape Shape, es []Entry) []byte {
	if shape == Tracer || shape == TracerOld {
		return tracer(es, shape == TracerOld)
	}
	version := "1.2"
	if shape == Fiddler {
		version = "1.1"
	}
	var list []object
	for _, e := range es {
		list = append(list, har(shape, e))
	}
	raw, err := json.MarshalIndent(object{"log": object{
		"version": version, "creator": object{"name": string(shape), "version": "1.0"}, "pages": []object{}, "entries": list,
	}}, "", "  ")
	if err != nil {
		panic(err) // maps of strings
	}
	return raw
}

func pairs(h http.Header) []object {
	var out []object
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, v := range h[name] {
			out = append(out, object{"name": name, "value": v})
		}
	}
	return out
}

func har(shape Shape, e Entry) object {
	asked, given := e.Asked.Clone(), e.Given.Clone()
	if asked.Get("Accept") == "" {
		asked.Set("Accept", "text/html,application/xhtml+xml")
	}
	content := object{"size": len(e.Body), "mimeType": e.Given.Get("Content-Type"), "text": string(e.Body)}
	if shape == Fiddler {
		content["encoding"], content["text"] = "base64", base64.StdEncoding.EncodeToString(e.Body)
	}
	request := object{"method": e.Method, "url": e.URL, "httpVersion": "HTTP/1.1", "headers": pairs(asked), "cookies": []object{}}
	if e.Posted != "" {
		request["postData"] = post(shape, e.Posted)
	}
	out := object{
		"startedDateTime": started(shape, e.Began), "time": float64(e.Took.Microseconds()) / 1000, "request": request,
		"response": object{"status": e.Status, "statusText": http.StatusText(e.Status), "headers": pairs(given), "cookies": []object{}, "content": content,
			"redirectURL": given.Get("Location")},
	}
	if shape == Chrome {
		out["_resourceType"] = "document"
		if e.Resource != "" {
			out["_resourceType"] = e.Resource
		}
	}
	return out
}

// started is the time in the browser's own spelling.
func started(shape Shape, at time.Time) string {
	switch shape {
	case Firefox:
		return at.In(time.FixedZone("", 3600)).Format("2006-01-02T15:04:05.000-07:00")
	case Fiddler:
		return at.In(time.FixedZone("", 3600)).Format("2006-01-02T15:04:05.0000000-07:00")
	case Chrome, Safari, Tracer, TracerOld:
	}
	return at.Format("2006-01-02T15:04:05.000Z")
}

// post is the body of a form: Firefox lists its fields decoded, Chrome as they
// were encoded, Safari keeps the text alone.
func post(shape Shape, body string) object {
	out := object{"mimeType": "application/x-www-form-urlencoded", "text": body}
	if shape == Safari {
		return out
	}
	var params []object
	for one := range strings.SplitSeq(body, "&") {
		k, v, _ := strings.Cut(one, "=")
		if shape != Chrome {
			if plain, err := url.QueryUnescape(v); err == nil {
				v = plain
			}
		}
		params = append(params, object{"name": k, "value": v})
	}
	out["params"] = params
	return out
}

func tracer(es []Entry, old bool) []byte {
	headers := func(h http.Header) any {
		if !old {
			return pairs(h)
		}
		var out [][]any
		for _, p := range pairs(h) {
			out = append(out, []any{p["name"], p["value"]})
		}
		return out
	}
	var list []object
	for i, e := range es {
		o := object{"method": e.Method, "url": e.URL, "requestHeaders": headers(e.Asked), "responseHeaders": headers(e.Given), "responseStatus": e.Status}
		if old {
			o["id"] = i
		} else {
			o["requestId"] = i
		}
		if form, err := url.ParseQuery(e.Posted); err == nil && e.Posted != "" {
			var fields [][]string
			for _, name := range []string{"SAMLRequest", "SAMLResponse", "RelayState"} {
				if form.Has(name) {
					fields = append(fields, []string{name, form.Get(name)})
				}
			}
			o["post"] = fields
		}
		list = append(list, o)
	}
	raw, err := json.Marshal(object{"requests": list, "timestamp": "2026-01-01T00:00:00Z"})
	if err != nil {
		panic(err) // maps of strings
	}
	return raw
}

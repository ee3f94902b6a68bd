package capture

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"
)

// largestPage is how much of a page is looked at, in bytes.
const largestPage = 2 << 20

// body is the text of a page, nil for what is none.
func (e harEntry) body() []byte {
	c := e.Response.Content
	kind := strings.ToLower(c.Type)
	page := kind == "" || strings.Contains(kind, "html") || strings.Contains(kind, "json") || strings.HasPrefix(kind, "text/plain")
	if c.Text == "" || !page {
		return nil
	}
	text := c.Text
	if c.Encoding == "base64" {
		raw, err := base64.StdEncoding.DecodeString(text[:len(text)/4*4])
		if err != nil {
			return nil
		}
		text = string(raw)
	}
	if len(text) > largestPage {
		text = text[:largestPage]
	}
	return []byte(text)
}

// form gives the decoded fields of a posted form, in order.
func (x exchange) form() []harPair {
	if x.posted != "" && !strings.Contains(x.posted, "\r\n") {
		var out []harPair
		for one := range strings.SplitSeq(x.posted, "&") {
			k, v, _ := strings.Cut(one, "=")
			name, err1 := url.QueryUnescape(k)
			value, err2 := url.QueryUnescape(v)
			if err1 == nil && err2 == nil && name != "" {
				out = append(out, harPair{name, value})
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	out := make([]harPair, 0, len(x.fields))
	for _, f := range x.fields {
		// Some browsers list the fields as they were encoded.
		if strings.Contains(f.Value, "%") {
			if plain, err := url.QueryUnescape(f.Value); err == nil {
				f.Value = plain
			}
		}
		out = append(out, f)
	}
	return out
}

func (x exchange) field(name string) (string, bool) {
	for _, f := range x.form() {
		if f.Name == name {
			return f.Value, true
		}
	}
	return "", false
}

// scripted are Entra's words on an error page, which only a script would draw.
var scripted = regexp.MustCompile(`"(?:strServiceExceptionMessage|strMainMessage|sErrTxt)"\s*:\s*"((?:[^"\\]|\\.)*)"`)

// hidden are the sentences with a code that stand in the page's scripts.
func hidden(body []byte) []string {
	var out []string
	for _, m := range scripted.FindAllSubmatch(body, 4) {
		if text := string(m[1]); strings.Contains(text, "AADSTS") {
			out = append(out, strings.NewReplacer(`\"`, `"`, `\/`, "/", `\r`, " ", `\n`, " ", `\u0027`, "'", `\u0026`, "&").Replace(text))
		}
	}
	return out
}

package browser

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// longestRefresh is how many seconds a page may wait before it moves on by
// itself and still not be where the navigation rests.
const longestRefresh = 3

// An Answer is what came back for one request, as Next needs it. It holds
// secrets and is never recorded.
type Answer struct {
	URL    *url.URL // the real one, with its fragment
	Method string
	Status int
	Header http.Header
	Body   []byte
	Follow string            // see Request.Follow
	Fill   map[string]string // see Request.Fill; nil once it has been sent
	Page   *Page             // of Body, where ObservePage has taken it apart; nil lets Next do it
}

// A Move is where a browser goes by itself.
type Move struct {
	Because     string // redirect, refresh, form, json: as in transcript.Hop
	Filled      bool   // the form that Fill is for
	Method      string
	URL         *url.URL
	Again       bool     // 307 and 308: the request's own body once more
	Posted      []string // names of the fields in Body or in the query
	Body        []byte
	ContentType string // of Body
}

// Sent is what a request carried, and the page that began its navigation.
type Sent struct {
	Body        []byte
	ContentType string   // of Body
	Posted      []string // names of the fields in Body or in the query
	From        *url.URL // nil when the user began it
}

// After is what the request of a move carries, after one that carried last and
// was answered at an address. A redirect goes on with the same navigation, and
// 307 and 308 take the body along; a form, a refresh and a script begin a new one,
// from their page.
func (m *Move) After(last Sent, at *url.URL) Sent {
	switch {
	case m.Again:
		return last
	case m.Because == "redirect":
		return Sent{From: last.From}
	}
	return Sent{Body: m.Body, ContentType: m.ContentType, Posted: m.Posted, From: at}
}

// Next says where a browser would go from an answer without anybody's doing:
// a redirect, a self-posting form, a refresh within three seconds, an address in
// a JSON answer. nil is rest. An error is a redirect to what is no web address;
// its words belong into the hop's Error. No script is run: a page that goes on
// by location.replace rests here, and needs a real browser.
func Next(a Answer) (*Move, error) {
	if m, err := redirect(a); m != nil || err != nil {
		return m, err
	}
	switch kindOf(a.Header.Get("Content-Type"), a.Body) {
	case kindJSON:
		if m := inJSON(a); m != nil {
			return m, nil
		}
	case kindHTML:
		if m := inPage(a); m != nil {
			return m, nil
		}
	case kindText, kindOther:
	}
	return refresh(a.URL, a.Header.Get("Refresh")), nil
}

func redirect(a Answer) (*Move, error) {
	location := strings.TrimSpace(a.Header.Get("Location"))
	if location == "" {
		return nil, nil
	}
	m := &Move{Because: "redirect", Method: a.Method}
	switch a.Status {
	case http.StatusMovedPermanently, http.StatusFound:
		if a.Method == http.MethodPost {
			m.Method = http.MethodGet
		}
	case http.StatusSeeOther:
		if a.Method != http.MethodHead {
			m.Method = http.MethodGet
		}
	case http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		m.Again = true
	default:
		return nil, nil
	}
	u, err := a.URL.Parse(location)
	if err != nil {
		return nil, errors.New(Astray + "the Location header is no address")
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%sa redirect to a %q address, which no web page is", Astray, u.Scheme+":")
	}
	if !strings.Contains(location, "#") {
		u.Fragment, u.RawFragment = a.URL.Fragment, a.URL.RawFragment // RFC 9110, 10.2.2
	}
	m.URL = u
	return m, nil
}

// refreshing is what a refresh says: how long to wait, and then anything.
var refreshing = regexp.MustCompile(`(?is)^\s*([0-9]*\.?[0-9]*)[;,\s]+(?:url\s*=\s*)?(.*)$`)

// refresh reads "0; url=/next". One that names no other address is a page that
// asks again and again; it rests.
func refresh(at *url.URL, content string) *Move {
	m := refreshing.FindStringSubmatch(content)
	if m == nil || m[1] == "" {
		return nil
	}
	if wait, err := strconv.ParseFloat("0"+m[1], 64); err != nil || wait > longestRefresh {
		return nil
	}
	to := strings.TrimSpace(m[2])
	if to != "" && (to[0] == '\'' || to[0] == '"') {
		to, _, _ = strings.Cut(to[1:], to[:1])
	}
	u, ok := resolve(at, to)
	if to == "" || !ok || u.String() == at.String() {
		return nil
	}
	return &Move{Because: "refresh", Method: http.MethodGet, URL: u}
}

func inJSON(a Answer) *Move {
	if a.Follow == "" {
		return nil
	}
	var m *Move
	walkJSON(a.Body, func(_ string, v any) bool {
		if s, ok := v.(string); ok && strings.HasPrefix(s, a.Follow) {
			if u, ok := resolve(a.URL, s); ok {
				m = &Move{Because: "json", Method: http.MethodGet, URL: u}
			}
		}
		return m == nil
	})
	return m
}

// inPage looks for a form that posts itself, then for a refresh. A panic of the
// HTML parser is Observe's to report; here the page rests.
func inPage(a Answer) (m *Move) {
	defer func() {
		if recover() != nil {
			m = nil
		}
	}()
	page := a.Page
	if page == nil {
		doc, err := parsePage(decode(a.Header.Get("Content-Type"), a.Body))
		if err != nil {
			return nil
		}
		page = &Page{doc}
	}
	doc := page.doc
	base := baseOf(doc, a.URL)
	all := forms(doc, base)
	if m := filled(all, a.Fill); m != nil {
		m.Filled = true
		return m
	}
	if f := selfPosting(doc, all); f != nil {
		return f.submit()
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.DataAtom == atom.Meta && strings.EqualFold(attr(n, "http-equiv"), "refresh") {
			return refresh(base, attr(n, "content"))
		}
	}
	return nil
}

// submit is what the form sends: the fields in the page's order, with the line
// ends that browsers send.
func (f *form) submit() *Move {
	m := &Move{Because: "form", Method: f.method, URL: f.action}
	var pairs []string
	fields := make([]Field, len(f.hidden))
	for i, h := range f.hidden {
		fields[i] = Field{sentLines(h.Name), sentLines(h.Value)}
		pairs = append(pairs, url.QueryEscape(fields[i].Name)+"="+url.QueryEscape(fields[i].Value))
		m.Posted = append(m.Posted, h.Name)
	}
	encoded := strings.Join(pairs, "&")
	switch {
	case f.method == http.MethodGet:
		u := *f.action
		u.RawQuery = encoded
		m.URL = &u
	case f.enctype == "multipart/form-data":
		m.Body, m.ContentType = multiparted(fields)
	default:
		m.Body, m.ContentType = []byte(encoded), "application/x-www-form-urlencoded"
	}
	return m
}

// sentLines is a value with the line ends that browsers send.
func sentLines(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(s)
}

func multiparted(fields []Field) ([]byte, string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	sum := ""
	for _, f := range fields {
		sum = Digest(sum + f.Name + f.Value)
	}
	if w.SetBoundary("samlcheck-"+sum) != nil { // hex is always a good boundary
		return nil, ""
	}
	for _, f := range fields {
		if w.WriteField(f.Name, f.Value) != nil { // a buffer never fails
			return nil, ""
		}
	}
	if w.Close() != nil {
		return nil, ""
	}
	return b.Bytes(), w.FormDataContentType()
}

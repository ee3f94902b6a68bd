package manual

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// site is a guide that is served, as its person sees it.
type site struct {
	t   *testing.T
	g   *Guide
	url string
}

func open(t *testing.T) *site {
	t.Helper()
	g := NewGuide()
	srv := httptest.NewServer(g)
	t.Cleanup(srv.Close)
	return &site{t, g, srv.URL + g.Path()}
}

// ask shows a card, and waits until it is on the page.
func (s *site) ask(ctx context.Context, c Card) <-chan Answer {
	s.t.Helper()
	s.g.mu.Lock()
	shown := s.g.changed
	s.g.mu.Unlock()
	out := make(chan Answer, 1)
	go func() {
		defer close(out)
		if a, err := s.g.Ask(ctx, c); err == nil {
			out <- a
		}
	}()
	<-shown
	return out
}

type reply struct {
	status int
	body   string
	header http.Header
}

func (s *site) do(method, path string, form url.Values, headers ...string) reply {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(form.Encode()))
	require.NoError(s.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
			continue
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	require.NoError(s.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(s.t, err)
	return reply{resp.StatusCode, string(body), resp.Header}
}

func (s *site) card() string {
	s.t.Helper()
	m := regexp.MustCompile(`name="card" value="([^"]+)"`).FindStringSubmatch(s.do("GET", "", nil).body)
	require.NotNil(s.t, m, "no card on the page")
	return m[1]
}

func question() Card {
	return Card{
		Title: "What does the page show?",
		Do:    []Line{{Text: "Open this.", Link: "http://127.0.0.1:8081/-/abc"}, {Text: "Save it.", File: "<xml/>", Name: "okta.xml"}},
		Ask: []Group{{Title: "The page", Fields: []Field{
			{Name: "shows", Label: "It shows", Needed: true, Options: []Option{{"login", "the login page"}, {"error", "an error"}}},
			{Name: "text", Label: "What it says", Long: true, Needed: true, When: &When{Field: "shows", Is: []string{"error"}}},
		}}},
		Also: []Button{{Name: "again", Label: "Begin again"}},
	}
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	s := open(t)
	got := s.ask(t.Context(), question())
	page := s.do("GET", "", nil)
	assert.Contains(t, page.body, "What does the page show?")
	assert.Contains(t, page.body, `<html lang="en">`)
	assert.Equal(t, "no-store", page.header.Get("Cache-Control"))
	assert.Equal(t, "no-referrer", page.header.Get("Referrer-Policy"))
	assert.Contains(t, page.header.Get("Content-Security-Policy"), "default-src 'none'")
	assert.NotRegexp(t, `(?:src|href)="https?:`, page.body, "nothing is fetched from elsewhere")
	assert.Equal(t, "<xml/>", s.do("GET", "file?name=okta.xml", nil).body)
	assert.Equal(t, http.StatusNotFound, s.do("GET", "file?name=../x", nil).status)

	done := s.do("POST", "answer", url.Values{"card": {s.card()}, "shows": {"error"}, "text": {" no account "}})
	assert.Equal(t, http.StatusSeeOther, done.status)
	a := <-got
	assert.Equal(t, "error", a.Get("shows"))
	assert.Equal(t, "no account", a.Get("text"))
	assert.Empty(t, a.Button)
	assert.Contains(t, s.do("GET", "", nil).body, "Done so far: 1")
}

func TestAnswersThatAreGivenBack(t *testing.T) {
	t.Parallel()
	c := question()
	c.Check = func(a Answer) Objection {
		return Objection{Text: "Nobody can be there: " + a.Get("text"), Insist: a.Get("text") != "impossible"}
	}
	for name, row := range map[string]struct {
		form url.Values
		says string
	}{
		"nothing said":        {url.Values{}, "Please answer: It shows"},
		"no such answer":      {url.Values{"shows": {"everything"}}, "Please answer: It shows"},
		"half said":           {url.Values{"shows": {"error"}}, "Please answer: What it says"},
		"no such button":      {url.Values{"button": {"explode"}}, "There is no such button"},
		"contradicted":        {url.Values{"shows": {"error"}, "text": {"hm"}}, "Nobody can be there: hm"},
		"insisting in vain":   {url.Values{"shows": {"error"}, "text": {"impossible"}, "insist": {"yes"}}, "Nobody can be there"},
		"a text no more seen": {url.Values{"shows": {"login"}, "text": {"left over"}}, "Nobody can be there: \n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			got := s.ask(t.Context(), c)
			row.form.Set("card", s.card())
			r := s.do("POST", "answer", row.form)
			assert.Equal(t, http.StatusUnprocessableEntity, r.status)
			assert.Contains(t, r.body, strings.TrimSuffix(row.says, "\n"))
			assert.Contains(t, r.body, `role="alert"`)
			assert.NotContains(t, r.body, "be there: left over")
			select {
			case a := <-got:
				assert.Fail(t, "it was taken", "%v", a)
			default:
			}
		})
	}
	t.Run("insisting", func(t *testing.T) {
		t.Parallel()
		s := open(t)
		got := s.ask(t.Context(), c)
		form := url.Values{"card": {s.card()}, "shows": {"error"}, "text": {"hm"}}
		r := s.do("POST", "answer", form)
		assert.Contains(t, r.body, `name="insist"`)
		assert.Contains(t, r.body, ">hm</textarea>", "what was written is kept")
		form.Set("insist", "yes")
		assert.Equal(t, http.StatusSeeOther, s.do("POST", "answer", form).status)
		assert.True(t, (<-got).Insisted())
	})
}

// Two tabs, and answers that come too late or for another card.
func TestOnlyThePresentCardIsAnswered(t *testing.T) {
	t.Parallel()
	s := open(t)
	first := s.ask(t.Context(), question())
	old := s.card()
	button := url.Values{"card": {old}, "button": {"again"}}
	require.Equal(t, http.StatusSeeOther, s.do("POST", "answer", button).status)
	assert.Equal(t, "again", (<-first).Button)
	assert.Equal(t, http.StatusConflict, s.do("POST", "answer", button).status, "the second tab, while nothing is asked")

	second := s.ask(t.Context(), question())
	late := s.do("POST", "answer", button)
	assert.Equal(t, http.StatusConflict, late.status)
	assert.Contains(t, late.body, "That answer was for another step")
	assert.Contains(t, s.do("GET", "seen", nil).body, s.card(), "the script learns which card is the present one")
	select {
	case a := <-second:
		assert.Fail(t, "the late answer counted", "%v", a)
	default:
	}
}

func TestWhoMayNotComeNear(t *testing.T) {
	t.Parallel()
	s := open(t)
	got := s.ask(t.Context(), question())
	form := url.Values{"card": {s.card()}, "button": {"again"}}
	for name, r := range map[string]reply{
		"another site posts":     s.do("POST", "answer", form, "Sec-Fetch-Site", "cross-site"),
		"another origin posts":   s.do("POST", "answer", form, "Origin", "https://evil.example"),
		"a name of another's":    s.do("GET", "", nil, "Host", "evil.example"),
		"another word":           s.do("GET", "../guess/", nil),
		"a verb that is not its": s.do("DELETE", "", nil),
	} {
		assert.GreaterOrEqual(t, r.status, 400, name)
		assert.NotContains(t, r.body, "What does the page show?", name)
	}
	select {
	case a := <-got:
		assert.Fail(t, "a stranger answered", "%v", a)
	default:
	}
	one, other := NewGuide(), NewGuide()
	assert.NotEqual(t, one.Path(), other.Path())
}

func TestWhoeverStopsLosesTheCardOnly(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	got := s.ask(ctx, question())
	cancel()
	_, ok := <-got
	assert.False(t, ok)
	assert.Contains(t, s.do("GET", "", nil).body, "One moment")
	s.g.End()
	assert.Contains(t, s.do("GET", "", nil).body, "That was all")
}

func TestProgressAndSights(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.ask(t.Context(), question())
	s.g.Progress(3, 14)
	s.g.Saw("The service asked.", "<b>")
	page := s.do("GET", "", nil).body
	assert.Contains(t, page, "Step 3 of 14")
	assert.Contains(t, page, "The service asked.")
	assert.Contains(t, page, "&lt;b&gt;")
	assert.Contains(t, s.do("GET", "seen", nil).body, "The service asked.")
}

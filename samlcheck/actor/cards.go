package actor

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"example.com/samepage/samlcheck/browser/manual"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// What the person is told and asked. Every answer stands on its own: nothing is
// to be remembered from one card to the next.

const (
	buttonAgain = "again"
	buttonSkip  = "skip"
	otherPerson = "other"

	newWindow = "Close every private window. Then open a new one (Chrome and Edge: Ctrl+Shift+N, Firefox: Ctrl+Shift+P, Safari: Shift+Cmd+N)."
	closeAll  = "Close every private window, press “Begin this step again”, and use a new one."
)

// loginCard is the card of one login.
type loginCard struct {
	trial     trial.Trial
	do        trial.Login
	who       idp.Person
	at        string // where the step begins
	home      place
	asksHome  bool // nobody knows yet where members land
	first     bool // in a new window
	initiated bool // the service is expected to ask the IdP
}

func (c loginCard) card(now func() (manual.SeatState, []idp.Exchange)) manual.Card {
	out := manual.Card{
		Title: c.title(), Also: []manual.Button{begin()},
		Check: func(a manual.Answer) manual.Objection {
			st, ex := now()
			return c.object(a, st, ex)
		},
	}
	if c.trial.Part == trial.SpoiltKey || c.trial.Part == trial.SpoiltAudience {
		out.Also = append(out.Also, manual.Button{Name: buttonSkip, Label: "Leave this step out",
			Help: "Leave this step out: a service that lets anybody in would then look like a good one. If all forged logins are left out, the verdict stays undecided."})
	}
	window := "Stay in the private window of the step before."
	if c.first {
		window = newWindow
	}
	out.Do = []manual.Line{
		{Text: window},
		{Text: "Open this address in it. The identity provider knows who signs in: there is no password.", Link: c.at},
		{Text: "Wait until the page rests. Fill in nothing. " + c.expect()},
	}
	second := "Then open this address in the same window:"
	if c.asksHome {
		out.Do = append(out.Do, manual.Line{Text: "Then click into the address bar, in the same window, and press Enter (do not use the reload button)."})
	} else {
		out.Do = append(out.Do, manual.Line{Text: second, Link: c.home.url})
	}
	out.Ask = []manual.Group{
		{Title: "After the login, the page showed", Fields: c.fields("rest", c.asksHome)},
		{Title: "After the last of these lines, the page showed", Fields: c.fields("home", false)},
		{
			Title:  "The address of your first answer, opened once more in the same window, shows",
			Fields: c.fields("own", false), When: &manual.When{Field: "rest-shows", Is: strange()},
		},
	}
	return out
}

func begin() manual.Button {
	return manual.Button{Name: buttonAgain, Label: "Begin this step again",
		Help: "Begin this step again: if it was the wrong window, or somebody else was signed in."}
}

func (c loginCard) title() string {
	switch {
	case c.do.Deny:
		return "A login that the identity provider refuses"
	case len(c.do.Forge) > 0:
		return "A forged login of " + c.who.Address()
	case c.do.Give == trial.Plain:
		return "Sign in as " + c.who.Address() + ", with few attributes"
	}
	return "Sign in as " + c.who.Address()
}

func (c loginCard) expect() string {
	switch {
	case c.do.Deny:
		return "Nobody is signed in this time: the service is told that the login failed."
	case len(c.do.Forge) > 0:
		return "The response is forged, so it should be refused; say what you see, whatever it is."
	case c.do.As == trial.Known:
		return "This is the member who exists already."
	}
	return "This person has never been invited; say what you see, whatever it is."
}

// strange are the pages whose words and address are worth keeping.
func strange() []string {
	return []string{string(transcript.ShowsNoAccess), string(transcript.ShowsError), string(transcript.ShowsForm), string(transcript.ShowsOther)}
}

func (c loginCard) fields(prefix string, asksHome bool) []manual.Field {
	name := c.who.Address()
	if c.who.DisplayName != "" && c.who.DisplayName != name {
		name = c.who.DisplayName + " (" + c.who.Address() + ")"
	}
	out := seenFields(prefix)
	out = append(out,
		manual.Field{Name: prefix + "-as", Label: "Signed in as", Needed: true,
			When: &manual.When{Field: prefix + "-shows", Is: []string{string(transcript.ShowsSignedIn)}},
			Options: []manual.Option{{Value: transcript.Self, Label: name}, {Value: unsaid, Label: "It does not say"},
				{Value: otherPerson, Label: "Somebody else"}}},
		manual.Field{Name: prefix + "-who", Label: "Who?", When: &manual.When{Field: prefix + "-as", Is: []string{otherPerson}},
			Help: "The name or address that the page shows."},
	)
	if prefix != "rest" {
		return out
	}
	at := manual.Field{Name: "rest-at", Label: "Its address", Needed: true, When: &manual.When{Field: "rest-shows", Is: strange()},
		Help: "Copy it from the address bar. Others will be asked to look there too."}
	if asksHome {
		at.When, at.Help = nil, "Copy it from the address bar: everybody else will be asked to look there too."
	}
	return append(out, at)
}

const unsaid = "unsaid"

// seenFields ask what a page shows.
func seenFields(prefix string) []manual.Field {
	return []manual.Field{
		{Name: prefix + "-shows", Needed: true, Label: "What it shows", Options: []manual.Option{
			{Value: string(transcript.ShowsSignedIn), Label: "The application, with somebody signed in"},
			{Value: string(transcript.ShowsNoAccess), Label: "It knows who is there (a name, “log out”), and says: no access, not a member, wait for approval"},
			{Value: string(transcript.ShowsError), Label: "An error, or a refusal"},
			{Value: string(transcript.ShowsForm), Label: "A form to fill in (not a login)"},
			{Value: string(transcript.ShowsLogin), Label: "The login page, or the front page for people who are not signed in"},
			{Value: string(transcript.ShowsOther), Label: "Something else"},
		}},
		{Name: prefix + "-text", Label: "What it says", Long: true, When: &manual.When{Field: prefix + "-shows", Is: strange()},
			Help: "Copy the text from the page. Names are replaced before it is kept."},
	}
}

// object says why the answer cannot be, by what the desk saw.
func (c loginCard) object(a manual.Answer, st manual.SeatState, ex []idp.Exchange) manual.Objection {
	signedIn := a.Get("rest-shows") == string(transcript.ShowsSignedIn) || a.Get("home-shows") == string(transcript.ShowsSignedIn)
	if handedOut(ex) == 0 {
		return c.unfetched(signedIn, st, ex)
	}
	if no := c.unlikely(a, signedIn); no.Text != "" {
		return no
	}
	return badAddress(a.Get("rest-at"))
}

// unfetched objects where no response ever reached the browser.
func (c loginCard) unfetched(signedIn bool, st manual.SeatState, ex []idp.Exchange) manual.Objection {
	unopened := !st.Begun && len(ex) == 0
	switch {
	case unopened && st.Used:
		return manual.Objection{Text: "The address was opened in a window that an earlier step has used. " + closeAll}
	case unopened:
		return manual.Objection{Text: "The address of this step has not been opened yet. Open it in a private window first."}
	case !signedIn:
		return manual.Objection{Insist: true, Text: "No response was fetched from the identity provider: the login did not get that far. If the page rests and it is so, say it."}
	case refusal(ex) != "":
		return manual.Objection{Text: "The identity provider refused the service's request (" + refusal(ex) + "), so nobody can be signed in by it. " + closeAll}
	case len(ex) == 0 && c.initiated:
		return manual.Objection{Text: "The service never asked the identity provider, so a session was left over: the window was not a new one. " + closeAll}
	}
	return manual.Objection{Text: "No response was ever fetched from the identity provider, so nobody was signed in by this step. " + closeAll}
}

// unlikely objects to what may be, and mostly is a mistake.
func (c loginCard) unlikely(a manual.Answer, signedIn bool) manual.Objection {
	other := a.Get("rest-as") == otherPerson || a.Get("home-as") == otherPerson || a.Get("own-as") == otherPerson
	switch {
	case other:
		return manual.Objection{Insist: true, Text: "Somebody other than " + c.who.Address() + " is signed in. Most often a window of an earlier step was still open: " + closeAll + " If a new window shows the same, say so."}
	case c.do.Deny && signedIn:
		return manual.Objection{Insist: true, Text: "The identity provider refused this login, so nobody should be signed in. " + closeAll + " If a new window shows the same, say so."}
	case len(c.do.Forge) > 0 && signedIn:
		return manual.Objection{Insist: true, Text: "This response was forged, so it should not sign anybody in. " + closeAll + " If a new window shows the same, say so: it is a grave finding."}
	}
	return manual.Objection{}
}

func badAddress(at string) manual.Objection {
	if at == "" {
		return manual.Objection{}
	}
	u, err := url.Parse(at)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return manual.Objection{Text: "The address does not begin with https:// or http://. Copy it from the address bar."}
	}
	return manual.Objection{}
}

func refusal(ex []idp.Exchange) string {
	for _, e := range ex {
		if e.Refusal != "" {
			return e.Refusal
		}
	}
	return ""
}

// sights are the lines that say what the desk has seen of a step.
func sights(st manual.SeatState, ex []idp.Exchange) []string {
	var out []string
	switch {
	case st.Used:
		out = append(out, "The address was opened in a window that was used before. Close every private window, and open it in a new one.")
	case st.Begun:
		out = append(out, "The address was opened.")
	}
	for _, e := range ex {
		if e.Request != nil {
			out = append(out, "The service asked the identity provider ("+e.Request.Binding+").")
		}
		switch {
		case e.Fault != "":
			out = append(out, "samlcheck itself failed: "+e.Fault)
		case e.Refusal != "":
			out = append(out, "The identity provider refused: "+e.Refusal)
		case e.Sent != nil:
			out = append(out, "The response was handed to the browser.")
		}
	}
	return out
}

func looked(n int) string { return fmt.Sprintf("look-%d", n+1) }

// lookCard has the person look as a stranger.
func lookCard(at []string, now func() manual.SeatState) manual.Card {
	c := manual.Card{
		Title: "Look without signing in", Do: []manual.Line{{Text: newWindow}},
		Also: []manual.Button{begin()},
		Check: func(a manual.Answer) manual.Objection {
			st := now()
			switch {
			case st.Used:
				return manual.Objection{Text: "The address was opened in a window that an earlier step has used. " + closeAll}
			case !st.Begun:
				return manual.Objection{Text: "The address of this step has not been opened yet. Open it in a private window first."}
			}
			for n := range at {
				if a.Get(looked(n)+"-shows") == string(transcript.ShowsSignedIn) {
					return manual.Objection{Insist: true, Text: "Nobody has signed in in this window. " + closeAll + " If a new window shows the same, say so."}
				}
			}
			return manual.Objection{}
		},
	}
	for n, to := range at {
		text := "Open this address in it, and do not sign in:"
		if n > 0 {
			text = "Then this one, in the same window:"
		}
		c.Do = append(c.Do, manual.Line{Text: text, Link: to})
		title := "The page showed"
		if len(at) > 1 {
			title = fmt.Sprintf("Address %d showed", n+1)
		}
		c.Ask = append(c.Ask, manual.Group{Title: title, Fields: seenFields(looked(n))})
	}
	return c
}

// Listed implements Asker on the guided page.
func (h *Hand) Listed(ctx context.Context, people []idp.Person) (map[string]int, error) {
	c := manual.Card{
		Title: "Who has an account?",
		Do:    []manual.Line{{Text: "Open the list of members (users) in the service's administration. Load it anew, and show invited and inactive people too."}},
	}
	for _, p := range people {
		c.Ask = append(c.Ask, manual.Group{Title: p.Address(), Fields: []manual.Field{{
			Name: "listed-" + p.Ref, Label: "It is listed", Needed: true,
			Options: []manual.Option{{Value: "0", Label: "Not"}, {Value: "1", Label: "Once"}, {Value: "2", Label: "More than once"}},
		}}})
	}
	a, err := h.Guide.Ask(ctx, c)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for _, p := range people {
		switch a.Get("listed-" + p.Ref) {
		case "1":
			out[p.Ref] = 1
		case "2":
			out[p.Ref] = 2
		}
	}
	return out, nil
}

// Do implements Asker on the guided page.
func (h *Hand) Do(ctx context.Context, what string) (bool, error) {
	a, err := h.Guide.Ask(ctx, manual.Card{
		Title: strings.TrimSuffix(what, "."), Do: []manual.Line{{Text: "In the service's administration: " + what}},
		Button: "Done", Also: []manual.Button{{Name: buttonSkip, Label: "It cannot be done", Help: "It cannot be done: then something stays open, and the report says what."}},
	})
	return err == nil && a.Button == "", err
}

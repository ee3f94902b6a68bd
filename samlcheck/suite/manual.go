package suite

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/browser/manual"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/trial"
)

// ByHand is how a person at his own browser is reached (browser: manual).
type ByHand struct {
	// Opened is told the address of the guided page. Required.
	Opened func(url string)
	// Resume says what to do with an unfinished run: "yes" goes on with it, "no"
	// leaves it alone, "" asks on the page.
	Resume string
	// Listen makes the listeners; nil is net.Listen. Addresses are loopback.
	Listen func(ctx context.Context, address string) (net.Listener, error)
}

// Browser words of a target file.
const (
	byPerson   = "manual"
	needDriven = "ability missing: it needs a driven browser (browser: plain)"
)

// guidePort is any free one: the page's address is printed.
const guidePort = "127.0.0.1:0"

// hand is the person's side of a run.
type hand struct {
	actor.Hand
	j       *job
	servers []*http.Server

	mu      sync.Mutex
	remains *remains // what a later run needs to go on; nil where no evidence is kept
	earlier *earlier // the run that this one goes on with; nil for none
	now     string   // id of the performance under way
}

// offer opens the guided page and the identity provider's address, if the
// target is tested by hand; nil if not. It asks what to do about an unfinished run.
func (j *job) offer(ctx context.Context, selected []samlcheck.Check) (*hand, error) {
	if j.t.Browser != byPerson {
		return nil, nil //nolint:nilnil // nobody is needed
	}
	if j.o.ByHand.Opened == nil {
		return nil, usagef("run it with `samlcheck run`, or set suite.Options.ByHand", "suite: browser: manual needs a person, and there is nobody here")
	}
	if j.t.IdP.BaseURL == "" { // the caller chose the browser, not the target file
		t := *j.t
		t.IdP.BaseURL = target.ManualBase
		j.t = &t
	}
	h := &hand{j: j}
	h.Guide, h.Desk = manual.NewGuide(), manual.NewDesk(j.t.IdP.BaseURL)
	h.Handed = h.handed
	if err := h.open(ctx); err != nil {
		h.close(ctx)
		return nil, err
	}
	if err := h.findEarlier(ctx, selected); err != nil {
		h.close(ctx)
		return nil, err
	}
	return h, nil
}

// open starts both listeners.
func (h *hand) open(ctx context.Context) error {
	listen := h.j.o.ByHand.Listen
	if listen == nil {
		listen = func(ctx context.Context, address string) (net.Listener, error) {
			var lc net.ListenConfig
			return lc.Listen(ctx, "tcp", address)
		}
	}
	address, secure, err := deskAddress(h.j.t.IdP.BaseURL)
	if err != nil {
		return err
	}
	ln, err := listen(ctx, address)
	if err != nil {
		return usagef("is another run, or `samlcheck idp serve`, still open? idp.base_url names another address; then upload the metadata again",
			"suite: the identity provider cannot listen: %w", err)
	}
	if secure {
		config, _, err := idp.LocalTLS(h.j.t.IdP.State, net.IPv4(127, 0, 0, 1), h.j.now())
		if err != nil {
			return errors.Join(usage{err, ""}, ln.Close())
		}
		ln = tls.NewListener(ln, config)
	}
	h.serve(ln, h.Desk)
	ln, err = listen(ctx, guidePort)
	if err != nil {
		return fmt.Errorf("suite: the guided page cannot listen: %w", err)
	}
	h.serve(ln, h.Guide)
	h.j.o.ByHand.Opened("http://" + ln.Addr().String() + h.Guide.Path())
	return nil
}

// deskAddress is where the identity provider listens: on loopback, always. What
// is reached from elsewhere (a tunnel, a proxy) leads to the port here.
func deskAddress(base string) (address string, secure bool, err error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return "", false, usagef("as in http://127.0.0.1:8081", "suite: idp.base_url %q is no address", base)
	}
	port := u.Port()
	here := u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
	if !here {
		return "127.0.0.1:8081", false, nil
	}
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port), u.Scheme == "https", nil
}

func (h *hand) serve(ln net.Listener, handler http.Handler) {
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	h.servers = append(h.servers, srv)
	go func() { _ = srv.Serve(ln) }() // ends with close
}

// close ends the listeners, and lets the last answer out.
func (h *hand) close(ctx context.Context) {
	if h == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	for _, srv := range h.servers {
		if srv.Shutdown(ctx) != nil {
			_ = srv.Close() // who keeps a page open keeps nothing of ours
		}
	}
}

// key is the key of the run's pseudonyms; nil makes a new one.
func (h *hand) key() []byte {
	if h == nil || h.remains == nil {
		return nil
	}
	return h.remains.Key
}

// goesOnWith says that the run goes on with an earlier one.
func (h *hand) goesOnWith() bool { return h != nil && h.earlier != nil }

// begun says whether the earlier run has begun the face.
func (h *hand) begun(face string) bool { return h.goesOnWith() && h.earlier.begun(face) }

// seat prepares a face's stage for the person. Its people are his to look for.
func (h *hand) seat(s *actor.Stage) {
	s.Hand = &h.Hand
	if pages := s.Target.Session.Pages; len(pages) > 0 {
		s.Recall(actor.Memory{Home: pages[0]})
	}
}

// welcome has the person set the service provider up for a face.
func (h *hand) welcome(ctx context.Context, f *face) error {
	i := f.stage.IdP
	h.Guide.Progress(0, 0)
	_, err := h.Guide.Ask(ctx, manual.Card{
		Title: "Let the service trust the identity provider (" + f.name + ")",
		Do: []manual.Line{
			{Text: "Save the metadata of the identity provider.", File: string(i.Metadata()), Name: f.name + ".xml"},
			{Text: "In the service's administration, where single sign-on (SAML) is set up, upload it. Where only an address is asked for, give this one:", Link: i.MetadataURL()},
			{Text: "Where single fields are asked for: the sign-in URL is", Link: i.SSO()},
			{Text: "and the identity provider's entity ID (issuer) is", Link: i.EntityID()},
			{Text: "Single sign-on has to be on. Keep another way in for yourself, in case it is not set back."},
		},
		Button: "It is uploaded",
	})
	known, ok := f.stage.People[trial.Known]
	if err != nil || !ok {
		return err
	}
	_, err = h.Guide.Ask(ctx, manual.Card{
		Title: "A member who exists already",
		Do: []manual.Line{
			{Text: "See that this address is an active member of the service, without extra rights. Invite it if it is not:", Link: known.Email},
			{Text: "Where members must be linked to single sign-on, link it."},
			{Text: "Do not invite anybody else whom you meet in the steps to come: they are there to find out what happens to strangers."},
		},
		Button: "It is a member",
	})
	return err
}

// able keeps the checks that make sense by hand: those on documents, on the
// service's own requests, and on accounts as far as a person can do the steps.
// Everything else would be a hundred logins, or needs eyes that a person lacks.
func able(selected []samlcheck.Check) (kept []samlcheck.Check, left []engine.Skip) {
	for _, c := range selected {
		if byHand(c) {
			kept = append(kept, c)
		} else {
			left = append(left, engine.Skip{Check: c, Reason: needDriven})
		}
	}
	return kept, left
}

func byHand(c samlcheck.Check) bool {
	subject, _, _ := strings.Cut(c.ID, "/")
	if len(c.Trials) > 0 && subject != "request" && subject != "provisioning" {
		return false
	}
	for _, t := range c.Trials {
		spoilt := t.Part == trial.SpoiltKey || t.Part == trial.SpoiltAudience
		for _, s := range t.Steps {
			do, login := s.Do.(trial.Login)
			if !actor.ByHand(s.Do) || login && len(do.Forge) > 0 && !spoilt {
				return false
			}
		}
	}
	return true
}

// plan merges the checks' trials as the target allows, and as its browser can.
func (j *job) plan(selected []samlcheck.Check) *engine.Plan {
	if j.t.Browser != byPerson {
		return engine.NewPlan(selected, j.may())
	}
	kept, left := able(selected)
	p := engine.NewPlan(kept, j.may())
	p.Skipped = append(p.Skipped, left...)
	return p
}

// effort is what a plan asks of a person: cards on the guided page, and clicks
// and addresses to open, about.
func effort(p *engine.Plan, asks bool) (cards, clicks int) {
	cards, clicks = 2, 3 // the setting up
	for _, perf := range p.Order() {
		for _, s := range perf.Trial.Steps {
			switch s.Do.(type) {
			case trial.Login: // two addresses, two pages told of, each with a name, and "Next"
				cards, clicks = cards+1, clicks+7
			case trial.Look:
				cards, clicks = cards+1, clicks+3
			case trial.Members:
				if asks {
					cards, clicks = cards+1, clicks+1+len(enrolled(p))
				}
			case trial.Invite, trial.Disable, trial.Remove:
				if asks {
					cards, clicks = cards+1, clicks+1
				}
			}
		}
	}
	return cards, clicks
}

// asks says that a person is asked for the members view.
func (j *job) asks() bool {
	return j.o.Members == nil && j.t.Members != nil && j.t.Members.List != nil && j.t.Members.List.Ask
}

// asker is whom to ask.
func (j *job) asker() actor.Asker {
	if j.hand != nil {
		return &j.hand.Hand
	}
	return j.o.Ask
}

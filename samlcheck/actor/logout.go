package actor

import (
	"context"
	"errors"
	"fmt"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// logout plays a single logout in the browser of an earlier step. Where there
// is no way to begin it, the step has neither a visit nor a fault.
func (p *player) logout(ctx context.Context, do trial.Logout) transcript.Step {
	who, fault := p.back(do.Of)
	step := transcript.Step{Person: string(who), Fault: fault}
	if fault != "" {
		return step
	}
	start := p.stage.exit()
	if do.From != trial.IdPInitiated && start == nil {
		return step
	}
	parting, err := p.stage.IdP.Part(idp.Parting{
		SP: p.stage.SP, Subject: p.sent[do.Of].Subject, Status: do.Status, Silent: do.Silent,
		Relay: do.Relay, Encrypt: do.Encrypt, Forge: do.Forge,
	}, p.stage.Base)
	if err != nil {
		step.Fault = "actor: " + err.Error()
		return step
	}
	if do.From == trial.IdPInitiated {
		start, err = p.asks(parting, do)
		if errors.Is(err, errNoWay) {
			return step
		}
		if err != nil {
			step.Fault = "actor: " + err.Error()
			return step
		}
	}
	p.at.sit(parting)
	hops, err := p.browser.Visit(ctx, *start)
	p.at.leave()
	step.Visits = []transcript.Visit{{Name: transcript.VisitLogout, Hops: hops}}
	step.Logout, step.Fault = parting.Logout()
	if err != nil {
		step.Fault = "actor: " + err.Error()
	}
	return step
}

// errNoWay says that this logout cannot be asked of this service provider.
var errNoWay = errors.New("actor: there is no way to ask")

// asks makes the IdP's LogoutRequest.
func (p *player) asks(parting *idp.Parted, do trial.Logout) (*browser.Request, error) {
	if do.Encrypt && len(p.stage.SP.Encryption) == 0 {
		return nil, fmt.Errorf("%w: no certificate to encrypt for", errNoWay)
	}
	to, form, err := parting.Request()
	if errors.Is(err, idp.ErrNoLogout) {
		return nil, fmt.Errorf("%w: %w", errNoWay, err)
	}
	if err != nil {
		return nil, err
	}
	r := &browser.Request{URL: to, Form: form}
	if form != nil {
		r.Origin = p.stage.IdP.Launch()
	}
	return r, nil
}

// exit is where a logout begins at the service provider; nil where the target
// does not say.
func (s *Stage) exit() *browser.Request {
	l := s.Target.Session.Logout
	if l == nil {
		return nil
	}
	r := &browser.Request{URL: l.URL, Method: l.Method}
	body(r, l)
	return r
}

package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

// left is one logout with the session before it and after it.
type left struct {
	before, after expect.Session
	out           expect.Session // the logout itself
}

// read finds the logout of the named trial; else it gives the verdict that
// there is nothing to judge.
func read(c *samlcheck.Case, t trial.Trial) (l left, v samlcheck.Verdict, ok bool) {
	var why string
	if l.out, why = expect.SessionAt(c, t.Name, logout); why != "" {
		return l, samlcheck.Undecided("%s", why), false
	}
	if len(l.out.Step.Visits) == 0 {
		return l, samlcheck.NotApplicable("not applicable: %s", noWay(t)), false
	}
	if l.before, why = expect.Revisitable(c, t.Name, alive); why != "" {
		return l, samlcheck.Undecided("%s", why).At(l.out.Ref), false
	}
	if l.after, why = expect.SessionAt(c, t.Name, after); why != "" {
		return l, samlcheck.Undecided("%s", why).At(l.out.Ref), false
	}
	return l, v, true
}

func noWay(t trial.Trial) string {
	for _, s := range t.Steps {
		if do, ok := s.Do.(trial.Logout); ok && do.From != trial.IdPInitiated {
			return "the target file does not say where signing out begins (session.logout)"
		}
	}
	return "the service provider's metadata offers no single logout that this LogoutRequest could be sent to"
}

// heard is the SAML message that the service provider sent; nil when it sent none of
// that kind.
func (l left) heard(kind string) *message.Tree {
	m := l.out.Step.Logout
	if m == nil || m.Heard == nil {
		return nil
	}
	t, err := message.ParseTree([]byte(m.Heard.XML))
	if err != nil || !message.Is(t.Root, message.NSProtocol, kind) {
		return nil
	}
	return t
}

// answered says that the identity provider sent a LogoutResponse.
func (l left) answered() bool {
	return l.out.Step.Logout != nil && l.out.Step.Logout.Sent != nil && l.heard("LogoutRequest") != nil
}

// request gives the judge the LogoutRequest of the good logout, where there is one.
func request(judge func(*samlcheck.Case, left, *message.Tree) samlcheck.Verdict) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		l, v, ok := read(c, here())
		if !ok {
			return v
		}
		t := l.heard("LogoutRequest")
		if t == nil {
			return samlcheck.NotApplicable("not applicable: signing out sent no LogoutRequest to the identity provider")
		}
		return judge(c, l, t).At(l.out.Ref)
	}
}

// refused judges a LogoutRequest that must not end the session.
func refused(t trial.Trial, what string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		good, v, ok := read(c, there())
		switch {
		case !ok:
			return v
		case good.after.Alive():
			return samlcheck.NotApplicable("not applicable: a good LogoutRequest does not end the session either").At(good.out.Ref)
		case !good.after.Dead():
			return samlcheck.Undecided("after a good LogoutRequest, %s", good.after.Unclear()).At(good.after.Ref)
		}
		l, v, ok := read(c, t)
		if !ok {
			return v
		}
		return survived(l, what)
	}
}

func survived(l left, what string) samlcheck.Verdict {
	switch {
	case l.after.Alive():
		return samlcheck.Holds("%s ended nothing: the session is alive; a good one ends it", what).At(l.out.Ref, l.after.Ref)
	case l.after.Dead():
		return samlcheck.Violated("%s ended the session: %s", what, l.after.Because).At(l.out.Ref, l.after.Ref)
	}
	return samlcheck.Undecided("after %s, %s", what, l.after.Unclear()).At(l.after.Ref)
}

// answerRefused judges a LogoutResponse that must not end the session, where it is
// the response that ends sessions.
func answerRefused(t trial.Trial, what string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		good, v, ok := read(c, here())
		if !ok {
			return v
		}
		silent, v, ok := read(c, hereSilent())
		switch {
		case !ok:
			return v
		case silent.after.Dead():
			return samlcheck.NotApplicable("not applicable: the session is over before any LogoutResponse comes").At(silent.after.Ref)
		case !silent.after.Alive():
			return samlcheck.Undecided("without a LogoutResponse, %s", silent.after.Unclear()).At(silent.after.Ref)
		case !good.after.Dead():
			return samlcheck.NotApplicable("not applicable: a good LogoutResponse does not end the session either").At(good.after.Ref)
		}
		l, v, ok := read(c, t)
		switch {
		case !ok:
			return v
		case !l.answered():
			return samlcheck.NotApplicable("not applicable: signing out sent no LogoutRequest that could be answered")
		}
		return survived(l, what)
	}
}

// ends judges an answer that must not keep anybody signed in.
func ends(t trial.Trial, what string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		good, v, ok := read(c, here())
		if !ok {
			return v
		}
		l, v, ok := read(c, t)
		switch {
		case !ok:
			return v
		case !l.answered():
			return samlcheck.NotApplicable("not applicable: signing out sent no LogoutRequest that could be answered")
		case good.after.Alive():
			return samlcheck.NotApplicable("not applicable: a successful logout does not end the session either").At(good.after.Ref)
		case l.after.Dead():
			return samlcheck.Holds("the session is over all the same: %s", l.after.Because).At(l.after.Ref)
		case l.after.Alive():
			return samlcheck.Violated("after %s the session is alive, which a success would have ended", what).At(l.out.Ref, l.after.Ref)
		}
		return samlcheck.Undecided("after %s, %s", what, l.after.Unclear()).At(l.after.Ref)
	}
}

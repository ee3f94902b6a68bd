package request

import (
	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

const noRequest = "the login began at the identity provider: there is no AuthnRequest"

// captured is the AuthnRequest of one login, with the step that sent it.
type captured struct {
	*message.AuthnRequest
	step   transcript.Step
	in     string          // how evidence names it
	packed *message.Packed // what HTTP-Redirect carried; nil for HTTP-POST
}

// read finds the request of the named trial; else it says why not.
func read(c *samlcheck.Case, name string) (r captured, why string) {
	r.step = c.Last(name)
	if r.step.Request == nil {
		return r, noRequest
	}
	var err error
	if r.AuthnRequest, err = message.ParseAuthnRequest([]byte(r.step.Request.XML)); err != nil {
		return r, "the request cannot be read"
	}
	r.in = place(c.Runs[name], r.step)
	if q := r.step.Request.Query; q != "" {
		if r.packed, err = message.DecodeRedirect(q); err != nil {
			r.packed = nil // its own checks say so
		}
	}
	return r, ""
}

// asked gives the judge the clean login's request, where there is one.
func asked(judge func(*samlcheck.Case, captured) samlcheck.Verdict) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		r, why := read(c, trial.Clean().Name)
		switch why {
		case "":
			return judge(c, r)
		case noRequest:
			return samlcheck.NotApplicable("%s", why)
		default:
			return samlcheck.Undecided("%s", why)
		}
	}
}

func place(run transcript.Run, step transcript.Step) string { return run.ID + "#" + step.Name }

func (r captured) at(e *etree.Element, excerpt string) transcript.Ref {
	return transcript.Ref{In: r.in, Line: r.Tree.Line(e), Excerpt: expect.Excerpt(excerpt)}
}

func (r captured) root(excerpt string) transcript.Ref { return r.at(r.Tree.Root, excerpt) }

// detached reports whether the query carries the signature.
func (r captured) detached() bool { return r.packed != nil && len(r.packed.Signature) > 0 }

func (r captured) signed() bool { return r.detached() || r.Signature != nil }

// algorithms names what the signature was made with.
func (r captured) algorithms() []string {
	if r.detached() {
		return []string{r.packed.SigAlg}
	}
	return []string{r.Signature.SignatureAlgorithm, r.Signature.DigestAlgorithm}
}

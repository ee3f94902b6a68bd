package bundle

import (
	"regexp"
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// unsigned is a message whose signatures are cut.
func unsigned(xml string) string {
	const name = "SignatureValue"
	var b strings.Builder
	from := 0
	for at := 0; ; {
		n := strings.Index(xml[at:], name)
		if n < 0 {
			return rest(&b, xml, from)
		}
		at += n
		tag := xml[from:at]
		at += len(name)
		if !opens(tag) {
			continue
		}
		end := strings.IndexByte(xml[at:], '>')
		if end < 0 {
			return rest(&b, xml, from)
		}
		begin := at + end + 1
		length := strings.IndexByte(xml[begin:], '<')
		if length < 0 || !strings.HasPrefix(xml[begin+length:], "</") {
			continue
		}
		upTo(&b, xml, from, begin)
		b.WriteString(cutSignature)
		from = begin + length
		at = from
	}
}

// opens says whether a text ends in "<", perhaps with a prefix and its colon.
func opens(s string) bool {
	prefix := s[strings.LastIndexByte(s, '<')+1:]
	return len(prefix) < len(s) && (prefix == "" || len(prefix) > 1 && strings.IndexAny(prefix, ": \t\r\n/>") == len(prefix)-1 && prefix[len(prefix)-1] == ':')
}

// Run redacts one run: all that was sent and seen. Names of trials, steps and
// people's refs are the tool's own words and stay. It is idempotent.
func (r *Redactor) Run(in transcript.Run) transcript.Run {
	in.Steps = slices.Clone(in.Steps)
	for i := range in.Steps {
		in.Steps[i] = r.step(in.Steps[i])
	}
	return in
}

func (r *Redactor) step(s transcript.Step) transcript.Step {
	s.Request, s.Sent = r.request(s.Request), r.sent(s.Sent)
	s.Login, s.Beside = r.hops(s.Login), r.hops(s.Beside)
	s.Surface = r.hops(s.Surface)
	s.Visits = r.visits(s.Visits)
	s.Looks = slices.Clone(s.Looks)
	for i := range s.Looks {
		s.Looks[i].Visits = r.visits(s.Looks[i].Visits)
	}
	if s.Logout != nil {
		l := *s.Logout
		l.Heard, l.Sent, l.Signature = r.request(l.Heard), r.sent(l.Sent), r.String(l.Signature)
		s.Logout = &l
	}
	s.Refusal = r.String(s.Refusal)
	if s.Members != nil {
		v := *s.Members
		v.Error = r.String(v.Error)
		s.Members = &v
	}
	s.Fault = r.String(s.Fault)
	return s
}

func (r *Redactor) visits(in []transcript.Visit) []transcript.Visit {
	out := slices.Clone(in)
	for i := range out {
		out[i].Name = r.String(out[i].Name) // page:<url>
		out[i].Hops = r.hops(out[i].Hops)
	}
	return out
}

func (r *Redactor) message(m *transcript.Message) *transcript.Message {
	c := *m
	c.XML, c.URL, c.RelayState = r.String(m.XML), r.String(m.URL), r.String(m.RelayState)
	c.Query, c.Signature = r.String(m.Query), r.String(m.Signature)
	c.Attributes = r.strings(m.Attributes)
	return &c
}

// request redacts what the SP asked. Its signature stays: nobody can sign in
// with it, and the checks read it. Where redaction changed what was signed, the
// message says so, for the signature no longer fits.
func (r *Redactor) request(m *transcript.Message) *transcript.Message {
	if m == nil {
		return nil
	}
	c := r.message(m)
	if c.XML != m.XML && c.Query != "" && !r.off[ruleQuery] {
		c.Query = deflated.ReplaceAllString(c.Query, "${1}"+cutQuery)
	}
	if c.XML != m.XML || c.Query != m.Query {
		c.Changed = append(slices.Clone(m.Changed), "redaction")
	}
	return c
}

var deflated = regexp.MustCompile(`((?:^|&)(?:SAMLRequest|SAMLResponse)=)[^&]*`)

const cutQuery = "cut"

// sent redacts what the IdP answered, and cuts its signature: a response that
// could still be valid must not lie about.
func (r *Redactor) sent(m *transcript.Message) *transcript.Message {
	if m == nil {
		return nil
	}
	bare := *m
	if strings.Contains(m.XML, "SignatureValue") && !r.off[ruleSignature] {
		bare.XML = unsigned(m.XML) // before all else, which looks into whatever is base64
		r.counted(tally{{rule: ruleSignature, n: 1}})
	}
	return r.message(&bare)
}

func (r *Redactor) hops(hs []transcript.Hop) []transcript.Hop {
	hs = slices.Clone(hs)
	for i := range hs {
		h := &hs[i]
		h.URL, h.Location, h.Title, h.Error = r.String(h.URL), r.String(h.Location), r.String(h.Title), r.String(h.Error)
		h.Blocks, h.Links, h.JSONKeys = r.strings(h.Blocks), r.strings(h.Links), r.strings(h.JSONKeys)
		h.Forms = slices.Clone(h.Forms)
		for j := range h.Forms {
			h.Forms[j].Action, h.Forms[j].Fields = r.String(h.Forms[j].Action), r.strings(h.Forms[j].Fields)
		}
		h.Cookies = slices.Clone(h.Cookies)
		for j := range h.Cookies {
			h.Cookies[j].Name, h.Cookies[j].Path = r.String(h.Cookies[j].Name), r.String(h.Cookies[j].Path)
		}
		h.Fetches = slices.Clone(h.Fetches)
		for j := range h.Fetches {
			h.Fetches[j].URL, h.Fetches[j].Error = r.String(h.Fetches[j].URL), r.String(h.Fetches[j].Error)
		}
		h.Storage, h.Console, h.Blocked = r.strings(h.Storage), r.strings(h.Console), r.strings(h.Blocked)
		h.Tokens = slices.Clone(h.Tokens)
		for j := range h.Tokens {
			h.Tokens[j].Place = r.String(h.Tokens[j].Place) // a key of the storage may be a name
		}
		h.RequestIDs, h.Headers = r.values(h.RequestIDs), r.values(h.Headers)
	}
	return hs
}

func (r *Redactor) values(in map[string]string) map[string]string {
	if in == nil {
		return nil
	}
	out := make(map[string]string, len(in))
	for k, v := range in {
		out[k] = r.String(v)
	}
	return out
}

func (r *Redactor) strings(in []string) []string {
	out := slices.Clone(in)
	for i := range out {
		out[i] = r.String(out[i])
	}
	return out
}

// People redacts the known member; all others are made up and stay.
func (r *Redactor) People(in []transcript.Person) []transcript.Person {
	out := slices.Clone(in)
	for i := range out {
		p := &out[i]
		if p.Ref != r.known {
			continue
		}
		p.NameID, p.Email, p.Username = r.String(p.NameID), r.String(p.Email), r.String(p.Username)
		p.GivenName, p.Surname, p.DisplayName = r.String(p.GivenName), r.String(p.Surname), r.String(p.DisplayName)
	}
	return out
}

// Record redacts a whole record.
func (r *Redactor) Record(in transcript.Record) transcript.Record {
	in.People = r.People(in.People)
	in.Runs = slices.Clone(in.Runs)
	for i := range in.Runs {
		in.Runs[i] = r.Run(in.Runs[i])
	}
	in.Cut = r.String(in.Cut)
	return in
}

// Report redacts a report. One that was judged from a redacted record has
// nothing left to redact but the target's name and the command.
func (r *Redactor) Report(in report.Report) report.Report { return mapped(in, r.String) }

// RevealReport puts the names back, for the local terminal only.
func (r *Redactor) RevealReport(in report.Report) report.Report { return mapped(in, r.Reveal) }

// mapped applies f to every text of a report that comes from outside.
func mapped(out report.Report, f func(string) string) report.Report {
	out.Target.Name, out.Again, out.Cut = f(out.Target.Name), f(out.Again), f(out.Cut)
	out.Faces = slices.Clone(out.Faces)
	for i := range out.Faces {
		face := &out.Faces[i]
		face.Cut = f(face.Cut)
		if face.JIT != nil {
			face.JIT = jit(*face.JIT, f)
		}
		face.Landings = slices.Clone(face.Landings)
		for j := range face.Landings {
			l := &face.Landings[j]
			l.Because, l.At, l.Weak, l.IDs = f(l.Because), f(l.At), f(l.Weak), each(l.IDs, f)
		}
		face.Findings = slices.Clone(face.Findings)
		for j := range face.Findings {
			finding(&face.Findings[j], f)
		}
		face.Accounts = slices.Clone(face.Accounts)
		for j := range face.Accounts {
			a := &face.Accounts[j]
			a.Email, a.Said = f(a.Email), f(a.Said)
		}
		face.Diagnosis = slices.Clone(face.Diagnosis)
		for j := range face.Diagnosis {
			d := &face.Diagnosis[j]
			d.Cause, d.Remedy = f(d.Cause), f(d.Remedy)
		}
	}
	return out
}

func jit(j oracle.JIT, f func(string) string) *oracle.JIT {
	j.Because, j.Settle = f(j.Because), f(j.Settle)
	j.Accounts, j.Findings = each(j.Accounts, f), each(j.Findings, f)
	j.Sent.Rich, j.Sent.Plain = each(j.Sent.Rich, f), each(j.Sent.Plain, f)
	return &j
}

func finding(x *samlcheck.Finding, f func(string) string) {
	x.Because = f(x.Because)
	x.Evidence = slices.Clone(x.Evidence)
	for i := range x.Evidence {
		x.Evidence[i].Excerpt = f(x.Evidence[i].Excerpt)
	}
}

func each(in []string, f func(string) string) []string {
	out := slices.Clone(in)
	for i := range out {
		out[i] = f(out[i])
	}
	return out
}

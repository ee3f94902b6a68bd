package idp

import (
	"bytes"
	"html/template"
	"net/http"
	"strings"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
)

// Next is how the next login is answered, whoever comes.
type Next struct {
	As           string           // ref of the person who is signed in without a page; "" shows the page
	Deny         bool             // answer with an error status and no assertion
	Signing      *Signing         // nil: as the face's administrator chose
	NameIDFormat string           // "": as the app is configured
	Forge        []forge.Mutation // see package forge
	Keep         bool             // for all logins to come, not only the next
}

// welcome answers an accepted request: at once where somebody has been named for
// it or nobody may be asked, else with the sign-in page.
func (d *desk) welcome(w http.ResponseWriter, r *http.Request, c pending) {
	d.mu.Lock()
	as := d.next.As
	d.mu.Unlock()
	if as == "" && c.asked.passive && !c.asked.force {
		as = d.inside.who(r)
	}
	switch {
	case as != "":
		d.answer(w, c, as, false)
	case c.asked.passive:
		d.answer(w, c, "", true)
	default:
		v := d.view(d.remember(c))
		v.SP, v.ACS = c.sp.EntityID, c.asked.acs
		d.show(w, http.StatusOK, "sign-in", v)
	}
}

// signIn posts the response for the person who was chosen.
func (d *desk) signIn(w http.ResponseWriter, r *http.Request) {
	c, ok := d.take(r.PostFormValue("request"))
	if !ok {
		d.show(w, http.StatusGone, "gone", d.view(""))
		return
	}
	d.answer(w, c, r.PostFormValue("who"), r.PostFormValue("deny") != "")
}

// answer sends the response of a person, or the vendor's page where he may not
// sign in. An error status without a person is sent when nobody could be asked.
func (d *desk) answer(w http.ResponseWriter, c pending, ref string, deny bool) {
	var p Person
	if ref != "" || !deny {
		a, ok := d.people.Find(ref)
		if !ok {
			d.refuse(w, "", c.request, Refusal{Kind: BadRequest, Detail: "nobody of that name"})
			return
		}
		var no *Refusal
		if p, no = d.people.admits(a.Person); no != nil {
			d.refuse(w, nameOf(p), c.request, *no)
			return
		}
	}
	reply := d.reply(p, c.sp, deny)
	m, err := d.idp.mint(reply, c.asked)
	if err != nil {
		d.note(nameOf(p), Exchange{Request: c.request, Fault: err.Error()})
		http.Error(w, "samlcheck: "+err.Error(), http.StatusInternalServerError)
		return
	}
	d.note(nameOf(p), Exchange{Request: c.request, Sent: m.Sent})
	if !reply.Deny {
		d.inside.enter(w, ref, c.sp, m.Subject)
	}
	d.vendor(w, http.StatusOK, d.idp.profile.Deliver(m.ACS, m.Form.Get("SAMLResponse"), m.relay()), "")
}

// reply is the answer as the app is configured and as was ordered for this once.
func (d *desk) reply(p Person, sp SP, deny bool) Reply {
	d.mu.Lock()
	n := d.next
	if !n.Keep {
		d.next = Next{}
	}
	d.mu.Unlock()
	out := Reply{
		Person: p, SP: sp, NameIDFormat: sp.NameIDFormat, Rich: d.with.Rich,
		Deny: deny || n.Deny, Signing: n.Signing, Forge: n.Forge,
	}
	if n.NameIDFormat != "" {
		out.NameIDFormat = n.NameIDFormat
	}
	if out.Deny {
		out.Forge = nil // there is no assertion to spoil
	}
	return out
}

func (d *desk) assign(w http.ResponseWriter, r *http.Request) {
	d.change(w, r, func(a *Account) { a.Assigned = r.PostFormValue("assigned") != "" })
}

func (d *desk) disable(w http.ResponseWriter, r *http.Request) {
	d.change(w, r, func(a *Account) { a.Disabled = r.PostFormValue("disabled") != "" })
}

func (d *desk) change(w http.ResponseWriter, r *http.Request, how func(*Account)) {
	if err := d.people.Change(r.PostFormValue("who"), how); err != nil {
		d.refuse(w, "", nil, Refusal{Kind: BadRequest, Detail: "nobody of that name"})
		return
	}
	http.Redirect(w, r, d.with.at+"/", http.StatusSeeOther)
}

// person adds somebody, or changes the names, address and groups of who is there.
func (d *desk) person(w http.ResponseWriter, r *http.Request) {
	write := func(a *Account) {
		a.Email, a.Username = r.PostFormValue("email"), r.PostFormValue("username")
		a.GivenName, a.Surname, a.DisplayName = r.PostFormValue("given_name"), r.PostFormValue("surname"), r.PostFormValue("display_name")
		a.Groups = nil
		for g := range strings.SplitSeq(r.PostFormValue("groups"), ",") {
			if g = strings.TrimSpace(g); g != "" {
				a.Groups = append(a.Groups, g)
			}
		}
	}
	if r.PostFormValue("who") != "" {
		d.change(w, r, write)
		return
	}
	var a Account
	write(&a)
	if err := d.people.Add(a.Person); err != nil {
		d.refuse(w, "", nil, Refusal{Kind: BadRequest, Detail: strings.TrimPrefix(err.Error(), "idp: ")})
		return
	}
	http.Redirect(w, r, d.with.at+"/", http.StatusSeeOther)
}

// signOut ends a person's sessions here and everywhere.
func (d *desk) signOut(w http.ResponseWriter, r *http.Request) {
	p, ok := d.idp.profile.(LogoutProfile)
	if !ok || p.SLO() == "" {
		d.refuse(w, "", nil, Refusal{Kind: NotFound, Detail: "single logout is not enabled"})
		return
	}
	d.farewell(w, p, d.inside.leave(r.PostFormValue("who")), nil)
}

// refuse shows the vendor's page, and in the mock's own banner why.
func (d *desk) refuse(w http.ResponseWriter, who string, request *transcript.Message, no Refusal) {
	if no.Kind != NotFound { // browsers ask for icons by themselves
		d.note(who, Exchange{Request: request, Refusal: no.Detail})
	}
	status, body := d.idp.refuse(no)
	d.vendor(w, status, body, "Why: "+no.Detail)
}

// vendor writes one of the vendor's pages, with a banner that it does not have.
func (d *desk) vendor(w http.ResponseWriter, status int, body []byte, remark string) {
	const banner = `<body><p style="margin:0;padding:4px 12px;font:13px/1.5 system-ui,sans-serif;background:#7a2e00;color:#fff;overflow-wrap:anywhere">samlcheck: this is a mock of `
	words := template.HTMLEscapeString(strings.TrimSpace(d.idp.Name() + ". " + remark))
	w.Header().Set("Content-Type", pageType)
	w.WriteHeader(status)
	_, _ = w.Write(bytes.Replace(body, []byte("<body>"), []byte(banner+words+"</p>"), 1))
}

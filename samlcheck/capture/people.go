package capture

import (
	"regexp"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

var address = regexp.MustCompile(`[A-Za-z0-9._%+'#-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)

// person reads who a response is about: what must be folded out of pages, and
// must not be kept in a bundle.
func person(xml string) (p transcript.Person, ok bool) {
	t, err := message.ParseTree([]byte(xml))
	if err != nil {
		return p, false
	}
	for _, e := range message.Descendants(t.Root, message.NSAssertion, "NameID") {
		p.NameID = message.Text(e)
	}
	for _, e := range message.Descendants(t.Root, message.NSAssertion, "Attribute") {
		name, _ := message.Attr(e, "Name")
		value := message.Text(message.Child(e, message.NSAssertion, "AttributeValue"))
		switch last := strings.ToLower(name[strings.LastIndexAny(name, "/:")+1:]); last {
		case "email", "mail", "emailaddress", "user.email", "e-mail", "urn:oid:0.9.2342.19200300.100.1.3":
			p.Email = value
		case "givenname", "firstname", "first_name", "user.firstname":
			p.GivenName = value
		case "surname", "lastname", "last_name", "sn", "user.lastname":
			p.Surname = value
		case "displayname", "name", "cn", "fullname":
			if strings.Contains(value, "@") {
				p.Username = value
			} else {
				p.DisplayName = value
			}
		case "login", "username", "uid", "upn":
			p.Username = value
		}
	}
	if p.Email == "" && strings.Contains(p.NameID, "@") {
		p.Email = p.NameID
	}
	p.Ref = string(trial.Known)
	return p, p.NameID != "" || p.Email != ""
}

var webHost = regexp.MustCompile(`https?://([A-Za-z0-9.-]+)`)

// hostsIn are the hosts that stand in the messages: issuers, audiences, addresses.
func hostsIn(logins []transcript.Step) []string {
	var out []string
	for _, l := range logins {
		for _, m := range []*transcript.Message{l.Request, l.Sent} {
			if m == nil {
				continue
			}
			for _, found := range webHost.FindAllStringSubmatch(m.XML+" "+m.URL, 200) {
				if !slices.Contains(out, found[1]) {
					out = append(out, found[1])
				}
			}
		}
	}
	return out
}

// namedAtIdP is the first address on a page of the identity provider.
func namedAtIdP(logins []transcript.Step) string {
	for _, l := range logins {
		for _, h := range l.Login {
			if !h.AtIdP {
				continue
			}
			for _, text := range append([]string{h.Title, h.URL, h.Location}, h.Blocks...) {
				if a := address.FindString(text); a != "" {
					return a
				}
			}
		}
	}
	return ""
}

// people is the one person of the capture, and what belongs to others. Where the
// identity provider refused, its page is the only place that names him.
func people(logins []transcript.Step) (who []transcript.Person, others []string) {
	var all []transcript.Person
	for _, l := range logins {
		if l.Sent != nil {
			if p, ok := person(l.Sent.XML); ok {
				all = append(all, p)
			}
		}
	}
	if len(all) == 0 {
		a := namedAtIdP(logins)
		if a == "" {
			return nil, nil
		}
		all = append(all, transcript.Person{Ref: string(trial.Known), NameID: a, Email: a})
	}
	first := all[0]
	own := []string{strings.ToLower(first.NameID), strings.ToLower(first.Email), strings.ToLower(first.Username)}
	for _, p := range all[1:] {
		for _, v := range []string{p.NameID, p.Email, p.Username, p.DisplayName} {
			if v != "" && !slices.Contains(own, strings.ToLower(v)) && v != first.DisplayName && !slices.Contains(others, v) {
				others = append(others, v)
			}
		}
	}
	return []transcript.Person{first}, others
}

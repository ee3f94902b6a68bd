package session

import (
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// set is one cookie as the service provider set it, and over what.
type set struct {
	transcript.Cookie
	tls bool
}

// given lists the cookies that the service provider set in the step, each name
// once, as it was set last.
func given(s transcript.Step) []set {
	hops := s.Login[:len(s.Login):len(s.Login)]
	for _, v := range s.Visits {
		hops = append(hops, v.Hops...)
	}
	var out []set
	at := map[string]int{}
	for _, h := range hops {
		if h.AtIdP {
			continue
		}
		for _, c := range h.Cookies {
			if c.Deleted {
				continue
			}
			made := set{c, strings.HasPrefix(strings.ToLower(h.URL), "https://")}
			if i, twice := at[c.Name]; twice {
				out[i] = made
				continue
			}
			at[c.Name] = len(out)
			out = append(out, made)
		}
	}
	return out
}

// lacks says what is wrong with the cookie; "" when nothing is. Over plain
// http, which only a loopback service may use here, Secure cannot be asked for.
func (s set) lacks() string {
	var no []string
	if !s.HTTPOnly && !s.repeated() {
		no = append(no, "no HttpOnly")
	}
	if s.tls && !s.Secure {
		no = append(no, "no Secure")
	}
	if strings.EqualFold(s.SameSite, "None") && !s.Secure {
		no = append(no, "SameSite=None without Secure, which browsers drop")
	}
	return strings.Join(no, ", ")
}

// repeated says that the cookie is one half of a pair against forged requests,
// by the name that frameworks agree on: the page's own script must read it to
// send the other half, and it signs nobody in.
func (s set) repeated() bool {
	name := strings.ToLower(s.Name)
	return strings.Contains(name, "csrf") || strings.Contains(name, "xsrf")
}

package browser

import (
	"net/url"
	"regexp"
	"strings"

	"example.com/samepage/samlcheck/transcript"
)

// deepest is how many addresses inside addresses are looked into
// (?next=https%3A%2F%2F...%3Ftoken%3D...).
const deepest = 4

var (
	userinfo = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#@]*@`)
	secret   = regexp.MustCompile(`(?i)(token|secret|ticket|session|passw|jwt|otp|auth|^sid$|^code$|^state$|^nonce$|^sig$|^key$|api_?key)`)
)

// message reports parameters that carry a SAML message or belong to one. They
// are cut whatever they look like, and they are never tokens: everybody's
// login has them.
func message(key string) bool {
	switch key {
	case "SAMLRequest", "SAMLResponse", "Signature", "RelayState", "SAMLart":
		return true
	}
	return false
}

// CutURL is the address as the record may hold it. In query, fragment and path
// parameters (;jsessionid=...) every value that is a secret by its looks or by
// its name is replaced by "~" and its digest, and so are SAML messages,
// signatures and RelayState; a user name and password before the host are left
// out. Everything else is kept byte for byte, so that the page can be visited
// again. A random-looking path segment is kept unless it is a JWT: it is more
// often a document's name than a secret.
func CutURL(raw string) string { return cutURL(raw, deepest) }

// WithoutTokens is an address that may be handed to somebody else: parameters
// with a secret, or with the digest of one, are left out. Without that a
// stranger who looks at the page where a member came to rest would be let in.
func WithoutTokens(raw string) string {
	p := split(CutURL(raw))
	p.path = digest.ReplaceAllString(dropParams(p.path), "")
	p.query = drop(p.query)
	p.fragment = drop(p.fragment)
	return p.String()
}

// parts is an address taken apart without judging it: a browser's address need
// not be one that net/url accepts.
type parts struct {
	path            string // with scheme and host
	query, fragment string // without "?" and "#"
}

func split(raw string) parts {
	var p parts
	p.path, p.fragment, _ = strings.Cut(raw, "#")
	p.path, p.query, _ = strings.Cut(p.path, "?")
	return p
}

func (p parts) String() string {
	s := p.path
	if p.query != "" {
		s += "?" + p.query
	}
	if p.fragment != "" {
		s += "#" + p.fragment
	}
	return s
}

func cutURL(raw string, depth int) string {
	if strings.Contains(raw, "@") {
		raw = userinfo.ReplaceAllString(raw, "$1//")
	}
	p := split(raw)
	p.path = cutPath(p.path, depth)
	p.query = cutPairs(p.query, depth)
	p.fragment = cutPairs(p.fragment, depth)
	return p.String()
}

func cutPath(path string, depth int) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		name, params, has := strings.Cut(s, ";")
		if isJWT(name) && len(name) >= shortest {
			name = "~" + Digest(name)
		}
		if has {
			name += ";" + cutPairs(params, depth)
		}
		segments[i] = name
	}
	return strings.Join(segments, "/")
}

// cutPairs reads key=value&key=value. A fragment may have a route before its
// pairs (#/done?token=...), which pair sees to.
func cutPairs(s string, depth int) string {
	if s == "" {
		return s
	}
	pairs := strings.Split(s, "&")
	for i, one := range pairs {
		pairs[i] = cutPair(one, depth)
	}
	return strings.Join(pairs, "&")
}

func cutPair(one string, depth int) string {
	key, value, has := pair(one)
	if !has {
		plain := unescape(one)
		if c := cut(plain, true); c != plain {
			return url.QueryEscape(c)
		}
		return one
	}
	if value == "" {
		return one
	}
	head := one[:len(one)-len(value)]
	plain := unescape(value)
	name := unescape(key)
	if message(name) || TokenLike(plain) || named(name, plain) {
		if digest.FindString(value) == value {
			return one // cut before
		}
		return head + "~" + Digest(plain)
	}
	c := plain
	if depth > 0 && strings.ContainsAny(plain, "?#%&=@;") {
		c = cutURL(plain, depth-1)
	}
	if c = cut(c, true); c != plain {
		return head + url.QueryEscape(c)
	}
	return one
}

// pair splits at the first "=". The key is what stands between a route and it.
func pair(one string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(one, "=")
	if i := strings.LastIndexByte(key, '?'); i >= 0 {
		key = key[i+1:]
	}
	return key, value, ok
}

// named is a value that its key calls a secret and that is not a plain word:
// session=expired and code=403 are worth reading.
func named(key, value string) bool {
	return len(value) >= 8 && secret.MatchString(key) && strings.ContainsAny(value, "0123456789") &&
		!strings.ContainsAny(value, " /") || strings.Contains(strings.ToLower(key), "passw")
}

func unescape(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s
}

// drop leaves out the pairs that hold a digest.
func drop(s string) string {
	if s == "" {
		return s
	}
	var keep []string
	for _, one := range strings.Split(s, "&") {
		if digest.MatchString(unescape(one)) {
			if route, _, has := strings.Cut(one, "?"); has && !digest.MatchString(route) && !strings.Contains(route, "=") {
				keep = append(keep, route)
			}
			continue
		}
		keep = append(keep, one)
	}
	return strings.Join(keep, "&")
}

func dropParams(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if name, params, has := strings.Cut(s, ";"); has && digest.MatchString(params) {
			segments[i] = name
		}
	}
	return strings.Join(segments, "/")
}

// urlTokens finds the token-like values of a real address by their place.
func urlTokens(raw string) []transcript.Token {
	p := split(raw)
	return append(pairTokens("query:", p.query), pairTokens("fragment:", p.fragment)...)
}

func pairTokens(where, s string) []transcript.Token {
	var out []transcript.Token
	if s == "" {
		return nil
	}
	for _, one := range strings.Split(s, "&") {
		key, value, has := pair(one)
		if !has {
			key, value = "", one
		}
		name, plain := unescape(key), unescape(value)
		if !message(name) && TokenLike(plain) && len(out) < maxTokens {
			out = append(out, transcript.Token{Place: where + cut(name, true), Digest: Digest(plain)})
		}
	}
	return out
}

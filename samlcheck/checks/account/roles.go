package account

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
)

// beyond is what the member sees in the named login and in none of those in which
// nothing was said of roles. Noise says why that proves nothing: his pages differ
// by themselves from one login to the next.
func beyond(c *samlcheck.Case, name string) (items []string, noise string) {
	var before []transcript.Step
	for _, t := range []string{memberFirst, memberAgain, memberRenamed} {
		if s := c.Last(t); len(s.Visits) > 0 {
			before = append(before, s)
		}
	}
	if len(before) < 3 {
		return nil, "the logins without a role were not all performed"
	}
	if more := c.Model.Beyond(before[2], before[:2]...); len(more) > 0 {
		return nil, "the member's pages differ from one login to the next: " + quote(more)
	}
	return c.Model.Beyond(c.Last(name), before...), ""
}

// echoed says whether all that is new on the pages is what the login brought.
func echoed(c *samlcheck.Case, name string, seen []string) bool {
	return !slices.ContainsFunc(seen, func(item string) bool {
		_, text, _ := strings.Cut(item, ": ") // behind the page's name
		return !c.Model.Echoes(c.Last(name), text)
	})
}

// named says whether a page that the target file names was looked at in the
// login: without one, a role that pages of every member do not show stays unseen.
func named(c *samlcheck.Case, login string) bool {
	return slices.ContainsFunc(c.Last(login).Visits, func(v transcript.Visit) bool { return strings.HasPrefix(v.Name, "page:") })
}

const quoted = 3 // texts, at most

func quote(texts []string) string {
	if len(texts) > quoted {
		return fmt.Sprintf("%q and %d more", texts[:quoted], len(texts)-quoted)
	}
	return strings.Trim(fmt.Sprintf("%q", texts), "[]")
}

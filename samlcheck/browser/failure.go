package browser

import (
	"fmt"
	"strings"
)

// How a Hop's Error begins says what kind of failure it was. Every browser uses
// these words; what follows them is for people.
const (
	CannotConnect = "cannot connect: "   // name, address or port does not answer
	NoAnswer      = "no answer within "  // followed by the time that was waited
	Closed        = "connection closed"  // before an answer, or in the middle of one
	TLS           = "TLS: "              // handshake or certificate
	NotHTTP       = "not HTTP: "         // something answered, but not a web server
	StillMoving   = "still moving after" // more hops than a browser follows
	Astray        = "cannot follow: "    // a redirect to what is no web address
	Unread        = "cannot be read: "   // an answer that no page could be made of
	NeverSettled  = "never settled: "    // a page whose scripts did not come to rest
	NotNamed      = "not let through: "  // a host that the user did not name
)

// NeverReached says that a hop's error lies before the service provider's
// program: nothing was asked of it. Callers say then "could not be reached".
func NeverReached(hopError string) bool {
	return strings.HasPrefix(hopError, CannotConnect) || strings.HasPrefix(hopError, TLS)
}

// StillMovingAfter is the error of a navigation that does not end. It also says
// that the hops go round, which is the usual reason.
func StillMovingAfter(urls []string) string {
	words := fmt.Sprintf("%s %d hops", StillMoving, len(urls))
	times := map[string]int{}
	for _, u := range urls {
		times[u]++
		if times[u] == 3 {
			return words + ": in a circle through " + u
		}
	}
	return words
}

package browser

import "strings"

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
)

// NeverReached says that a hop's error lies before the service provider's
// program: nothing was asked of it. Callers say then "could not be reached".
func NeverReached(hopError string) bool {
	return strings.HasPrefix(hopError, CannotConnect) || strings.HasPrefix(hopError, TLS)
}

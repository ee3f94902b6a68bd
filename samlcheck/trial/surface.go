package trial

import (
	"path"
	"slices"
	"strings"
)

// Surface asks a service provider what it offers to programs: SCIM, an
// API description, webhooks. Only GET and OPTIONS, without anybody's
// credentials, and only at the hosts that the target names.
type Surface struct{}

func (Surface) action() {}
func (Surface) String() string {
	return "ask, with GET and OPTIONS and signed in as nobody, where SCIM, API descriptions and webhooks are usually found"
}

// AskSurface is the one trial of the checks in checks/surface. It needs no
// controls: what nobody can have is asked for beside every place.
func AskSurface() Trial {
	return Trial{Name: "surface", Part: Question, Role: Control, Steps: []Step{{Name: "ask", Do: Surface{}}}}
}

// Kind says what a place would be good for.
type Kind string

// Kinds of places.
const (
	SCIM     Kind = "scim"
	API      Kind = "api"
	Webhooks Kind = "webhooks"
	Nothing  Kind = "nothing" // a name that nobody has: whoever finds something there finds it everywhere
)

// A Place is one request of the surface probe.
type Place struct {
	Kind   Kind
	Method string // GET or OPTIONS
	Path   string // from the root of an origin, with its query
}

// NoSuchName is the last part of every address of kind Nothing.
const NoSuchName = "samlcheck-no-such-place-5d1e"

// Places lists what is asked of each origin, in order. First come the names
// that nobody has, one in every folder that a place stands in and in every
// folder above: what answers there answers for everything.
//
// No standard fixes where SCIM begins (RFC 7644, 1.3); these are the usual
// places. count=0 asks for the number of users and for nobody's data (3.4.2.4).
func Places() []Place {
	named := []Place{
		{SCIM, "GET", "/scim/v2/ServiceProviderConfig"},
		{SCIM, "GET", "/scim/v2/Users?count=0"},
		{SCIM, "OPTIONS", "/scim/v2/Users"},
		{SCIM, "GET", "/scim/ServiceProviderConfig"},
		{SCIM, "GET", "/api/scim/v2/ServiceProviderConfig"},
		{SCIM, "GET", "/api/scim/v2/Users?count=0"},
		{SCIM, "GET", "/api/scim/ServiceProviderConfig"},
		{API, "GET", "/.well-known/api-catalog"},
		{API, "GET", "/openapi.json"},
		{API, "GET", "/api/openapi.json"},
		{API, "GET", "/swagger.json"},
		{API, "GET", "/swagger/v1/swagger.json"},
		{API, "GET", "/v3/api-docs"},
		{API, "GET", "/api-docs"},
		{API, "GET", "/api"},
		{Webhooks, "GET", "/webhooks"},
		{Webhooks, "GET", "/api/webhooks"},
		{Webhooks, "GET", "/docs/webhooks"},
		{Webhooks, "GET", "/developers/webhooks"},
	}
	var folders []string
	for _, p := range named {
		for _, dir := range p.Folders() {
			if !slices.Contains(folders, dir) {
				folders = append(folders, dir)
			}
		}
	}
	slices.Sort(folders)
	out := make([]Place, 0, len(folders)+len(named))
	for _, dir := range folders {
		out = append(out, Place{Nothing, "GET", dir + NoSuchName})
	}
	return append(out, named...)
}

// Folders are the folders that the place stands in, the nearest first, each
// with its last slash.
func (p Place) Folders() []string {
	dir, _, _ := strings.Cut(p.Path, "?")
	var out []string
	for dir != "/" {
		dir = path.Dir(dir)
		out = append(out, strings.TrimSuffix(dir, "/")+"/")
	}
	return out
}

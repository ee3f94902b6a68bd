package samepage

import (
	"fmt"
	"slices"
)

// SLOFlaw is one rule of single logout that the stand-in leaves out. Where one
// is chosen, the stand-in has single logout.
type SLOFlaw string

// The flaws of single logout, in the order of SLOFlaws.
const (
	// Signing out here.
	SLOLocalOnly      SLOFlaw = "local-only"         // ends its own session and tells nobody
	SLOUnsignedAsking SLOFlaw = "unsigned-request"   // does not sign its LogoutRequest
	SLOWrongIssuer    SLOFlaw = "wrong-issuer"       // names somebody else as the issuer
	SLOWrongNameID    SLOFlaw = "wrong-nameid"       // names the person in capital letters
	SLONoSessionIndex SLOFlaw = "no-session-index"   // leaves the SessionIndex out
	SLOSameID         SLOFlaw = "same-id"            // has one ID for all LogoutRequests
	SLOKeepsSession   SLOFlaw = "keeps-session"      // does nothing with the LogoutResponse
	SLOAnyAnswer      SLOFlaw = "any-in-response-to" // takes a LogoutResponse to any request
	SLOUnsignedAnswer SLOFlaw = "unsigned-response"  // takes a LogoutResponse without a signature
	SLOAnswerKey      SLOFlaw = "any-response-key"   // takes a LogoutResponse signed by anybody
	SLOPartial        SLOFlaw = "partial"            // stays signed in when the IdP was not wholly successful

	// Signing out at the IdP.
	SLOIgnores      SLOFlaw = "ignores-request" // says success and ends nothing
	SLOUnsigned     SLOFlaw = "unsigned"        // takes a LogoutRequest without a signature
	SLOAnyKey       SLOFlaw = "any-key"         // takes a LogoutRequest signed by anybody
	SLODestination  SLOFlaw = "destination"     // ignores Destination
	SLOExpiry       SLOFlaw = "expiry"          // ignores NotOnOrAfter and IssueInstant
	SLOAnyNameID    SLOFlaw = "any-nameid"      // goes by the SessionIndex alone, whoever is named
	SLOAnyIndex     SLOFlaw = "any-index"       // ends all sessions of the person, whichever is named
	SLONeedsIndex   SLOFlaw = "needs-index"     // ends nothing without a SessionIndex
	SLONoEncryptID  SLOFlaw = "no-encrypted-id" // cannot read an EncryptedID
	SLOBadAnswer    SLOFlaw = "bad-response"    // answers with a LogoutResponse that answers nothing
	SLORelay        SLOFlaw = "relay"           // loses the RelayState
	SLOUndeclared   SLOFlaw = "undeclared"      // its metadata does not say that it does single logout
	SLODeclaredOnly SLOFlaw = "declared-only"   // its metadata says so, and nothing is there
)

// SLOFlaws lists every flaw of single logout.
func SLOFlaws() []SLOFlaw {
	return []SLOFlaw{
		SLOLocalOnly, SLOUnsignedAsking, SLOWrongIssuer, SLOWrongNameID, SLONoSessionIndex, SLOSameID, SLOKeepsSession,
		SLOAnyAnswer, SLOUnsignedAnswer, SLOAnswerKey, SLOPartial, SLOIgnores, SLOUnsigned, SLOAnyKey, SLODestination,
		SLOExpiry, SLOAnyNameID, SLOAnyIndex, SLONeedsIndex, SLONoEncryptID, SLOBadAnswer, SLORelay, SLOUndeclared,
		SLODeclaredOnly,
	}
}

// settledSLO refuses a misspelt flaw, and gives single logout to whom a flaw of
// it was given.
func (o Options) settledSLO() (Options, error) {
	for _, f := range o.SLOFlaws {
		if !slices.Contains(SLOFlaws(), f) {
			return o, fmt.Errorf("samepage: unknown single logout flaw %q (known: %v)", f, SLOFlaws())
		}
		o.SLO = true
	}
	return o, nil
}

func (s *Server) sloFlawed(f SLOFlaw) bool { return slices.Contains(s.opt.SLOFlaws, f) }

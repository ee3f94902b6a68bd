package samepage

import (
	"errors"
	"fmt"
	"net/http"
)

// Defect is one way in which the stand-in is a nuisance, and lets nobody in
// who should stay out: it breaks, is careless with its cookies, or does not
// take what a good SP may well take.
type Defect string

// The defects, in the order of Defects.
const (
	DefectCrash          Defect = "crash"           // answers 500 to a response that is not good
	DefectOpenCookie     Defect = "open-cookie"     // the session's cookie can be read by scripts
	DefectSolicitedOnly  Defect = "solicited-only"  // refuses logins that begin at the idp
	DefectResponseAlone  Defect = "response-alone"  // refuses a response of which the assertion is not signed
	DefectAssertionAlone Defect = "assertion-alone" // refuses a response that is not signed itself
	DefectOneSignature   Defect = "one-signature"   // refuses a response with two signatures
	DefectLaxRequest     Defect = "lax-request"     // the cookie that a request is answered by is SameSite=Lax: browsers keep it back
	DefectNoRequest      Defect = "no-request"      // a login that begins here ends at a page that knows no organisation
	DefectKeepsDisabled  Defect = "keeps-disabled"  // a deactivated member's open sessions live on
	DefectPaddingTold    Defect = "padding-told"    // says so when a response cannot be decrypted
	DefectFirstSession   Defect = "first-session"   // keeps the session that a browser has, whoever signs in next
	DefectResetPage      Defect = "reset-page"      // offers to reset passwords to whoever comes
)

// Defects lists every defect.
func Defects() []Defect {
	return append([]Defect{
		DefectCrash, DefectOpenCookie, DefectSolicitedOnly, DefectResponseAlone, DefectAssertionAlone, DefectOneSignature,
		DefectLaxRequest, DefectNoRequest, DefectKeepsDisabled, DefectPaddingTold, DefectResetPage, DefectFirstSession, DefectNameIDFormat, DefectNameQualifier, DefectNotBefore, DefectAttributes,
	}, narrowDefects()...)
}

// picky refuses what a defect does not take.
func (s *Server) picky(m *message) error {
	response := child(m.root, nsSignature, "Signature") != nil
	assertion := child(m.assertionEl, nsSignature, "Signature") != nil
	switch {
	case s.defective(DefectSolicitedOnly) && value(m.root, "InResponseTo") == "":
		return errors.New("samepage: nobody asked for this response")
	case s.defective(DefectResponseAlone) && !assertion:
		return fmt.Errorf("%w: the assertion is not signed", errSignature)
	case s.defective(DefectAssertionAlone) && !response:
		return fmt.Errorf("%w: the response is not signed", errSignature)
	case s.defective(DefectOneSignature) && response && assertion:
		return fmt.Errorf("%w: two of them", errSignature)
	}
	return s.demanding(m)
}

// broken is DefectCrash's answer, as a framework gives it.
func broken(w http.ResponseWriter) {
	http.Error(w, "Internal Server Error", http.StatusInternalServerError)
}

package samepage

import "errors"

// Defects by which the stand-in demands what SAML leaves open.
const (
	DefectNameIDFormat  Defect = "nameid-format-wanted" // refuses a NameID that names no format
	DefectNameQualifier Defect = "name-qualifier"       // refuses a NameID with a NameQualifier, and be it empty
	DefectNotBefore     Defect = "not-before-wanted"    // refuses Conditions without NotBefore
	DefectAttributes    Defect = "attributes-wanted"    // refuses a person without attributes
)

// demanding refuses what such a defect does not take.
func (s *Server) demanding(m *message) error {
	switch {
	case s.defective(DefectNameIDFormat) && !has(m.nameID(), "Format"):
		return errors.New("samepage: the NameID names no format")
	case s.defective(DefectNameQualifier) && has(m.nameID(), "NameQualifier"):
		return errors.New("samepage: a NameQualifier")
	case s.defective(DefectNotBefore) && !has(m.conditions(), "NotBefore"):
		return errors.New("samepage: the Conditions have no beginning")
	case s.defective(DefectAttributes) && len(m.attributes()) == 0:
		return errors.New("samepage: no attributes")
	}
	return s.narrowMinded(m)
}

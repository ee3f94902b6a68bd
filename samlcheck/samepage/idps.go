package samepage

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
)

// idp is one identity provider that an admin has registered.
type idp struct {
	entityID string
	provider saml.ServiceProvider
	certs    []*x509.Certificate
}

// AddIdP registers an identity provider, or replaces the one with the same
// entityID. The metadata's own signature is not verified: the admin who
// uploads it is the one who is trusted.
func (s *Server) AddIdP(metadata []byte) error {
	_, err := s.addIdP(metadata)
	return err
}

func (s *Server) addIdP(metadata []byte) (string, error) {
	doc, err := readIdP(metadata)
	if err != nil {
		return "", err
	}
	if !doc.ValidUntil.IsZero() && doc.ValidUntil.Before(s.opt.Now()) {
		return "", fmt.Errorf("samepage: idp metadata: expired on %s", doc.ValidUntil.Format("2006-01-02"))
	}
	certs, err := signingCerts(doc)
	if err != nil {
		return "", err
	}
	made := &idp{entityID: doc.EntityID, provider: s.provider(doc), certs: certs}
	if made.provider.GetSSOBindingLocation(saml.HTTPRedirectBinding) == "" {
		return "", errors.New("samepage: idp metadata: no SingleSignOnService with the HTTP-Redirect binding")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, old := range s.idps {
		if old.entityID == made.entityID {
			s.idps[i] = made
			return made.entityID, nil
		}
	}
	s.idps = append(s.idps, made)
	return made.entityID, nil
}

// readIdP reads Okta's shape and Entra's: the latter begins with a byte order
// mark, is signed, and carries WS-Federation roles that are none of our business.
func readIdP(raw []byte) (*saml.EntityDescriptor, error) {
	raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(raw); err != nil {
		return nil, fmt.Errorf("samepage: idp metadata: %w", err)
	}
	for _, token := range doc.Child {
		if _, ok := token.(*etree.Directive); ok {
			return nil, errors.New("samepage: idp metadata: a DTD is not allowed")
		}
	}
	root := doc.Root()
	if root == nil || root.Tag != "EntityDescriptor" || root.NamespaceURI() != nsMetadata {
		return nil, errors.New("samepage: idp metadata: the root is no EntityDescriptor")
	}
	for _, el := range root.ChildElements() {
		if el.Tag == "RoleDescriptor" || el.Tag == "Signature" {
			root.RemoveChild(el)
		}
	}
	pruned, err := doc.WriteToBytes()
	if err != nil {
		return nil, fmt.Errorf("samepage: idp metadata: %w", err)
	}
	var entity saml.EntityDescriptor
	if err := xml.Unmarshal(pruned, &entity); err != nil {
		return nil, fmt.Errorf("samepage: idp metadata: %w", err)
	}
	if entity.EntityID == "" {
		return nil, errors.New("samepage: idp metadata: no entityID")
	}
	if len(entity.IDPSSODescriptors) == 0 {
		return nil, errors.New("samepage: idp metadata: no IDPSSODescriptor")
	}
	return &entity, nil
}

func signingCerts(doc *saml.EntityDescriptor) ([]*x509.Certificate, error) {
	var certs []*x509.Certificate
	for _, role := range doc.IDPSSODescriptors {
		for _, key := range role.KeyDescriptors {
			if key.Use != "" && key.Use != "signing" {
				continue
			}
			for _, c := range key.KeyInfo.X509Data.X509Certificates {
				cert, err := parseCert(c.Data)
				if err != nil {
					return nil, fmt.Errorf("samepage: idp metadata: %w", err)
				}
				certs = append(certs, cert)
			}
		}
	}
	if len(certs) == 0 {
		return nil, errors.New("samepage: idp metadata: no signing certificate")
	}
	return certs, nil
}

func parseCert(text string) (*x509.Certificate, error) {
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, fmt.Errorf("samepage: certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("samepage: certificate: %w", err)
	}
	return cert, nil
}

func (s *Server) findIdP(entityID string) *idp {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.idps {
		if i.entityID == entityID {
			return i
		}
	}
	return nil
}

func (s *Server) idpIDs() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for _, i := range s.idps {
		ids = append(ids, i.entityID)
	}
	return ids
}

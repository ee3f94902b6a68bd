package aggregate

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"time"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/xmlstream"
)

// Scan reads a document of one entity or of many, in one pass. An error is a
// *metadata.Error with the place where reading ended, and comes with what was
// found until there.
func Scan(r io.Reader, o Options) (*Result, error) {
	counted := &counter{r: r}
	s := &scan{
		Scanner: xmlstream.New(counted), o: o, out: &Result{Source: o.Source, Offences: map[string]Tally{}},
		certs: map[uint64]*certificate{}, known: map[uint64]struct{}{}, ids: map[uint64]int{}, owners: map[[keySize]byte]owner{},
	}
	err := s.run()
	s.out.Bytes = counted.n
	s.out.Distinct = s.distinct
	return s.out, err
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// scan is one pass.
type scan struct {
	*xmlstream.Scanner
	o        Options
	out      *Result
	e        *entity // nil between entities
	in       *role   // nil outside roles that are read
	roleAt   int     // depth of in
	rootLine int
	use      string  // of the KeyDescriptor that is being read
	around   []level // EntitiesDescriptors
	text     []byte  // of the element whose text is wanted
	textAt   int     // its depth; 0 for none
	textLine int
	sig      *signing

	certs    map[uint64]*certificate // by hash of their text: the recent ones
	recent   []uint64                // their hashes, the next to go at oldest
	oldest   int
	known    map[uint64]struct{} // hashes of all
	distinct int
	ids      map[uint64]int // entityIDs seen: hash to line
	owners   map[[keySize]byte]owner
}

type level struct {
	depth int
	until *validity
}

func (s *scan) run() error {
	for {
		t, err := s.Next()
		if err != nil {
			return s.explained(err)
		}
		if t.Kind == xmlstream.EOF {
			return s.end()
		}
		if s.sig != nil {
			s.sig.add(t, s.Depth())
		}
		switch t.Kind {
		case xmlstream.Start:
			if err := s.start(t); err != nil {
				return err
			}
		case xmlstream.Text:
			if s.textAt > 0 {
				s.text = append(s.text, t.Data...)
			}
		case xmlstream.End:
			s.close(t)
		case xmlstream.Comment, xmlstream.ProcInst, xmlstream.EOF:
		}
	}
}

func (s *scan) explained(err error) error {
	var se *xmlstream.SyntaxError
	switch {
	case errors.Is(err, xmlstream.ErrDoctype):
		errors.As(err, &se)
		return failed(s.o.Source, se.Line, se.Column, "the document has a DOCTYPE, which metadata never needs and which is not read for safety",
			"remove the DOCTYPE line, or download the metadata again", err)
	case errors.As(err, &se):
		return failed(s.o.Source, se.Line, se.Column, "this is not well-formed XML: "+se.Problem,
			"download it again: an aggregate that is cut off or mended by hand is not what its operator signed", err)
	}
	return failed(s.o.Source, 0, 0, "it cannot be read: "+err.Error(), "try again, or download it to a file first", err)
}

func (s *scan) line() int {
	l, _ := s.Position()
	return l
}

func (s *scan) start(t *xmlstream.Token) error {
	if s.Depth() == 1 {
		if err := s.root(t); err != nil {
			return err
		}
	}
	switch t.Space {
	case nsMetadata:
		s.metadata(t)
	case nsSignature:
		s.signature(t)
	}
	return nil
}

func (s *scan) signature(t *xmlstream.Token) {
	switch whole := t.Local == "Signature" && s.Depth() == 2; {
	case t.Local == "X509Certificate" && s.in != nil && s.use != outside:
		s.want()
	case whole && s.sig.inside && s.sig.line == 0:
		s.sig.line = s.line()
	case whole:
		s.out.Signature.Elsewhere = true
	}
}

// outside is the use of a key that stands in no KeyDescriptor.
const outside = "-"

func (s *scan) root(t *xmlstream.Token) error {
	many := t.Local == "EntitiesDescriptor"
	if t.Space != nsMetadata || !many && t.Local != "EntityDescriptor" {
		return failed(s.o.Source, s.line(), 1, "this is XML with the root <"+t.Local+">, not SAML metadata, whose root is <EntityDescriptor> or <EntitiesDescriptor>",
			"download the SAML 2.0 metadata", nil)
	}
	s.out.Aggregate, s.use, s.rootLine = many, outside, s.line()
	s.out.Name = string(t.Attr("Name"))
	s.out.ValidUntil, s.out.CacheDuration = string(t.Attr("validUntil")), string(t.Attr("cacheDuration"))
	s.sig = newSigning(t)
	return nil
}

func (s *scan) want() { s.text, s.textAt, s.textLine = s.text[:0], s.Depth(), s.line() }

func (s *scan) metadata(t *xmlstream.Token) {
	switch t.Local {
	case "EntitiesDescriptor":
		s.around = append(s.around, level{s.Depth(), s.until(t)})
	case "EntityDescriptor":
		s.begin(t)
	case "SPSSODescriptor":
		s.role(t, serviceProvider)
	case "IDPSSODescriptor":
		s.role(t, identityProvider)
	}
	switch {
	case s.e == nil:
	case s.in != nil:
		s.inRole(t)
	default:
		s.inEntity(t)
	}
}

func (s *scan) until(t *xmlstream.Token) *validity {
	if v := t.Attr("validUntil"); v != nil {
		return &validity{string(v), s.line()}
	}
	return nil
}

func (s *scan) begin(t *xmlstream.Token) {
	s.e = &entity{id: string(t.Attr("entityID")), line: s.line(), depth: s.Depth()}
	if v := s.until(t); v != nil {
		s.e.until = append(s.e.until, *v)
	}
	for _, l := range s.around {
		if l.until != nil {
			s.e.until = append(s.e.until, *l.until)
		}
	}
}

func (s *scan) role(t *xmlstream.Token, k kind) {
	if s.e == nil || s.in != nil || s.Depth() != s.e.depth+1 {
		return
	}
	s.e.roles = append(s.e.roles, role{
		kind: k, line: s.line(), protocols: string(t.Attr("protocolSupportEnumeration")), until: s.until(t),
		signsRequests: truth(t.Attr("AuthnRequestsSigned")),
	})
	s.in, s.roleAt = &s.e.roles[len(s.e.roles)-1], s.Depth()
}

func truth(b []byte) bool {
	b = bytes.TrimSpace(b)
	return string(b) == "true" || string(b) == "1"
}

// inEntity reads what stands beside the roles.
func (s *scan) inEntity(t *xmlstream.Token) {
	switch s.Depth() - s.e.depth {
	case 1:
		switch t.Local {
		case "Organization":
			s.e.orgs = append(s.e.orgs, organization{line: s.line()})
		case "ContactPerson":
			c := string(t.Attr("contactType"))
			s.e.contact = s.e.contact || c == "technical" || c == "support"
		}
	case 2:
		if len(s.e.orgs) == 0 {
			return
		}
		o := &s.e.orgs[len(s.e.orgs)-1]
		switch t.Local {
		case "OrganizationName":
			o.name = true
		case "OrganizationDisplayName":
			o.displayName = true
		case "OrganizationURL":
			o.atURL = true
		}
	}
}

func (s *scan) inRole(t *xmlstream.Token) {
	if s.Depth() != s.roleAt+1 {
		return
	}
	switch t.Local {
	case "KeyDescriptor":
		s.use = string(t.Attr("use"))
		s.in.signing = s.in.signing || s.use == "signing" || s.use == ""
		s.in.encryptable = s.in.encryptable || s.use == "encryption" || s.use == ""
	case "NameIDFormat":
		s.want()
	case "AssertionConsumerService", "SingleSignOnService", "SingleLogoutService", "ArtifactResolutionService", "ManageNameIDService":
		s.in.endpoints = append(s.in.endpoints, endpoint{
			local: t.Local, binding: s.interned(t.Attr("Binding")), location: string(t.Attr("Location")),
			response: string(t.Attr("ResponseLocation")), index: s.interned(t.Attr("index")),
			isDefault: truth(t.Attr("isDefault")), line: s.line(),
		})
	}
}

// interned spares an allocation for what nearly every endpoint says.
func (s *scan) interned(b []byte) string {
	for _, known := range []string{message.POST, message.Redirect, message.SOAP, message.Artifact, message.PAOS} {
		if string(b) == known {
			return known
		}
	}
	return string(b)
}

func (s *scan) close(t *xmlstream.Token) {
	depth := s.Depth() + 1 // of the element that ends
	if s.textAt == depth {
		s.textAt = 0
		s.taken(t.Local)
	}
	if t.Space != nsMetadata {
		return
	}
	switch {
	case s.in != nil && depth == s.roleAt:
		s.in = nil
	case s.in != nil && depth == s.roleAt+1 && t.Local == "KeyDescriptor":
		s.use = outside
	case s.e != nil && depth == s.e.depth:
		s.judge()
		s.e = nil
	case len(s.around) > 0 && depth == s.around[len(s.around)-1].depth:
		s.around = s.around[:len(s.around)-1]
	}
}

// taken is the text of an element that was wanted.
func (s *scan) taken(local string) {
	if s.in == nil {
		return
	}
	if local == "NameIDFormat" {
		s.in.formats = append(s.in.formats, place{s.textLine, string(bytes.TrimSpace(s.text))})
		return
	}
	s.out.Certificates++
	s.in.keys = append(s.in.keys, key{s.use, s.textLine, s.certificate(s.text)})
}

// end looks at the whole.
func (s *scan) end() error {
	if s.out.Entities == 0 {
		return failed(s.o.Source, 1, 1, "there is no EntityDescriptor in it", "download the metadata again", nil)
	}
	s.out.Signature = s.sig.result(s.o, s.out.Signature.Elsewhere)
	s.whole()
	return nil
}

// validAt weighs every validUntil that bears on a role.
func (s *scan) validAt(r *role) []validity {
	all := slices.Clone(s.e.until)
	if r.until != nil {
		all = append([]validity{*r.until}, all...)
	}
	return all
}

func (s *scan) now() time.Time { return s.o.Now }

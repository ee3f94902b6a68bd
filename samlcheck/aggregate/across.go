package aggregate

import (
	"fmt"
	"strings"
)

// Rules that no single entity can break.
const (
	EntityIDTwice     = "aggregate/entityid-twice"
	KeyShared         = "aggregate/key-shared"
	ValidUntilMissing = "aggregate/valid-until-missing"
	SignatureBroken   = "aggregate/signature-broken"
	SignatureWeak     = "aggregate/signature-weak"
	SignatureMissing  = "aggregate/signature-missing"
)

const mostEntities = 1 << 20 // entityIDs and keys that are remembered

// acrossEntities compares the entity with those before it.
func (s *scan) acrossEntities() {
	id := hashOf(s.e.id)
	if line, ok := s.ids[id]; ok && strings.TrimSpace(s.e.id) != "" {
		s.out.add(EntityIDTwice, Offence{s.e.id, s.e.line, fmt.Sprintf("%s, first on line %d", short(s.e.id), line)})
	} else if len(s.ids) < mostEntities {
		s.ids[id] = s.e.line
	}
	for i := range s.e.roles {
		for _, k := range s.e.roles[i].keys {
			if k.cert.readable {
				s.shared(k, id)
			}
		}
	}
}

func (s *scan) shared(k key, id uint64) {
	o, ok := s.owners[k.cert.key]
	switch {
	case !ok && len(s.owners) < mostEntities:
		s.owners[k.cert.key] = owner{id, s.e.line}
	case ok && o.entity != id:
		s.out.add(KeyShared, Offence{s.e.id, k.line, fmt.Sprintf("the same key as the entity on line %d", o.line)})
	}
}

// whole judges what concerns the document itself.
func (s *scan) whole() {
	if !s.out.Aggregate {
		return
	}
	g, root := s.out.Signature, Offence{Line: s.rootLine, Excerpt: "EntitiesDescriptor"}
	if s.out.ValidUntil == "" {
		s.out.add(ValidUntilMissing, root)
	}
	switch {
	case !g.Present:
		s.out.add(SignatureMissing, root)
		return
	case g.Problem != "":
		s.out.add(SignatureBroken, Offence{Line: g.Line, Excerpt: g.Problem})
	}
	if g.Weak != "" {
		s.out.add(SignatureWeak, Offence{Line: g.Line, Excerpt: g.Weak})
	}
}

package aggregate

import (
	//nolint:staticcheck // recognised only to say that it is not fit

	"crypto/sha256"
	"hash/maphash"
	"time"

	"example.com/samepage/samlcheck/metadata"
)

const (
	keySize   = 16      // bytes of a key's digest that are kept
	mostCerts = 1 << 10 // parsed certificates that are kept; an entity's own stand together
	mostKnown = 1 << 18 // certificates whose hash is kept, to count the different ones
)

// certificate is what is kept of an X509Certificate.
type certificate struct {
	problem  string // why it cannot be read
	odd      string // why only this library refuses it
	armour   bool
	from, to time.Time
	weak     string // why the key is weak
	sha1     string // the broken hash that it is signed with
	key      [keySize]byte
	readable bool
}

var seed = maphash.MakeSeed()

// certificate parses a certificate, once as long as not many others came between.
func (s *scan) certificate(text []byte) *certificate {
	h := maphash.Bytes(seed, text)
	if c, ok := s.certs[h]; ok {
		return c
	}
	if _, again := s.known[h]; !again {
		s.distinct++
		if len(s.known) < mostKnown {
			s.known[h] = struct{}{}
		}
	}
	c := parsed(text)
	if len(s.recent) < mostCerts {
		s.recent = append(s.recent, h)
	} else {
		delete(s.certs, s.recent[s.oldest])
		s.recent[s.oldest], s.oldest = h, (s.oldest+1)%mostCerts
	}
	s.certs[h] = c
	return c
}

func parsed(text []byte) *certificate {
	m := metadata.ReadCertificate(string(text))
	c := &certificate{armour: m.Armour}
	switch {
	case m.Err != nil && m.Odd:
		c.odd = m.Err.Error()
		return c
	case m.Err != nil:
		c.problem = m.Err.Error()
		return c
	}
	c.readable, c.from, c.to = true, m.Cert.NotBefore, m.Cert.NotAfter
	sum := sha256.Sum256(m.Cert.RawSubjectPublicKeyInfo)
	copy(c.key[:], sum[:])
	c.weak, c.sha1 = metadata.Weakness(m.Cert), metadata.BrokenHash(m.Cert)
	return c
}

// owner is the entity that was first seen with a key.
type owner struct {
	entity uint64
	line   int
}

func hashOf(id string) uint64 { return maphash.String(seed, id) }

// Package metadata reads SAML metadata leniently and remembers where each
// element stood, so that a lint can point at a line.
package metadata

import (
	"github.com/beevik/etree"
)

// Doc is one metadata document.
type Doc struct {
	Raw    []byte
	Source string // file name or URL, for messages
	Root   *etree.Element
	line   map[*etree.Element]int
}

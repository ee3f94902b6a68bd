package bundle

import (
	"crypto/sha256"
	"encoding/hex"
)

// Screen keeps the picture of a page (JPEG) and returns its name in the bundle.
// Equal pictures are kept once. Whoever takes it has replaced the names on it:
// the redaction cannot read pictures.
func (w *Writer) Screen(jpeg []byte) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return "", w.broken
	}
	sum := sha256.Sum256(jpeg)
	name := "screens/" + hex.EncodeToString(sum[:])[:12] + ".jpg"
	return name, w.write(name, jpeg)
}

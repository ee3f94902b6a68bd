package samepage

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"
)

// withoutTag is FlawTag: it decrypts AES-GCM as the stream cipher that it is
// beneath, and throws the tag away (CVE-2026-32313 looked at part of it only).
func withoutTag(key []byte, data *etree.Element) ([]byte, error) {
	held := descendants(data, func(el *etree.Element) bool { return is(el, nsEnc, "CipherValue") })
	if len(held) == 0 {
		return nil, errors.New("samepage: no CipherValue")
	}
	raw, err := base64.StdEncoding.DecodeString(packed(text(held[len(held)-1])))
	if err != nil || len(raw) < 12+16 {
		return nil, errors.New("samepage: a ciphertext that is too short")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("samepage: %w", err)
	}
	counter := append(append([]byte{}, raw[:12]...), 0, 0, 0, 2)
	plain := make([]byte, len(raw)-12-16)
	cipher.NewCTR(block, counter).XORKeyStream(plain, raw[12:len(raw)-16])
	return plain, nil
}

func gcm(data *etree.Element) bool {
	return strings.HasSuffix(algorithmOf(child(data, nsEnc, "EncryptionMethod")), "-gcm")
}

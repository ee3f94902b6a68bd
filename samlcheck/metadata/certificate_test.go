package metadata_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCertificates(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(7)}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	require.NoError(t, err)
	good := base64.StdEncoding.EncodeToString(der)
	// the outer shape of a certificate, with something inside that Go does not know
	seq := func(class byte, body ...byte) []byte { return append([]byte{class, byte(len(body))}, body...) }
	strange := seq(0x30, append(append(seq(0x30, 5, 0), seq(0x30, 5, 0)...), seq(3, 0, 1)...)...)
	var probe asn1.RawValue
	_, err = asn1.Unmarshal(strange, &probe)
	require.NoError(t, err)

	for name, tt := range map[string]struct {
		text        string
		read        bool
		odd, armour bool
		says        string
	}{
		"one line":  {text: good, read: true},
		"wrapped":   {text: "\n" + good[:76] + "\r\n  " + good[76:] + "\n", read: true},
		"unpadded":  {text: strings.TrimRight(good, "="), read: true},
		"armoured":  {text: "-----BEGIN CERTIFICATE-----\n" + good + "\n-----END CERTIFICATE-----", read: true, armour: true},
		"empty":     {text: " \n", says: "is empty"},
		"no base64": {text: "%%%", says: "not base64"},
		"cut off":   {text: good[:80], says: "cannot be read"},
		"odd":       {text: base64.StdEncoding.EncodeToString(strange), odd: true, says: "cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := parse(t, strings.Replace(sp, "AAAA", tt.text, 1))
			c := d.Certificates(d.SP(), "signing")
			require.Len(t, c, 1)
			assert.Equal(t, tt.read, c[0].Cert != nil)
			assert.Equal(t, tt.odd, c[0].Odd)
			assert.Equal(t, tt.armour, c[0].Armour)
			if tt.says == "" {
				assert.NoError(t, c[0].Err)
			} else {
				assert.ErrorContains(t, c[0].Err, tt.says)
			}
			assert.Len(t, d.SigningCertificates(d.SP()), len(d.Certificates(d.SP(), "signing"))-map[bool]int{true: 0, false: 1}[tt.read])
		})
	}
}

package storm

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkLight is a light login over a service provider in this process that
// costs nearly nothing: what the harness itself spends, but for the system calls.
// BenchmarkBareSignature is its measure: the goal is at most two.
func BenchmarkLight(b *testing.B) {
	for _, face := range []string{"okta", "entra"} {
		b.Run(face, func(b *testing.B) {
			f := &fake{}
			o := optionsAs(b, face, f, "")
			o.settle()
			p := newPlaces()
			s := &storm{o: &o, places: p, people: o.Stage.People}
			body := new(bytes.Buffer)
			for b.Loop() {
				l := &light{o: &o, places: p, body: body}
				s.login(b.Context(), l)
				require.Equal(b, spAt+"/home", l.out.place.URL)
			}
		})
	}
}

func BenchmarkBareSignature(b *testing.B) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(b, err)
	sum := sha256.Sum256([]byte("a digest"))
	for b.Loop() {
		_, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
		require.NoError(b, err)
	}
}

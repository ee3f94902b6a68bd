package expect

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

// weakPrime is a prime of the form that the weak library makes: a multiple of
// the product of the first primes, and a power of 65537.
func weakPrime(r *rand.Rand, bits int) *big.Int {
	m := big.NewInt(1)
	for p, n := int64(2), 0; n < 39; p++ {
		if big.NewInt(p).ProbablyPrime(10) {
			m.Mul(m, big.NewInt(p))
			n++
		}
	}
	for {
		g := new(big.Int).Exp(big.NewInt(65537), new(big.Int).SetUint64(r.Uint64()), m)
		k := number(r, bits-m.BitLen())
		if p := k.Mul(k, m).Add(k, g); p.ProbablyPrime(10) {
			return p
		}
	}
}

func number(r *rand.Rand, bits int) *big.Int {
	n := new(big.Int)
	for i := range bits {
		n.SetBit(n, i, uint(r.IntN(2)))
	}
	return n.SetBit(n, bits-1, 1)
}

func TestROCA(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // no key is made here
	for range 5 {
		p, q := weakPrime(r, 256), weakPrime(r, 256)
		assert.True(t, ROCA(new(big.Int).Mul(p, q)))
		for other := number(r, 256); ; other = number(r, 256) {
			if other.ProbablyPrime(10) {
				assert.False(t, ROCA(new(big.Int).Mul(p, other)), "one weak prime is not the mark")
				break
			}
		}
	}
	for range 2000 {
		n := number(r, 512)
		assert.False(t, ROCA(n.SetBit(n, 0, 1)))
	}
}

func TestWeakAlgorithms(t *testing.T) {
	t.Parallel()
	for uri, want := range map[string]string{
		"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": "",
		"http://www.w3.org/2009/xmlenc11#aes256-gcm":        "",
		"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p":   "",
		"urn:example:own": "",
		"http://www.w3.org/2000/09/xmldsig#rsa-sha1":   "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
		"http://www.w3.org/2001/04/xmlenc#rsa-1_5":     "http://www.w3.org/2001/04/xmlenc#rsa-1_5",
		"http://www.w3.org/2000/09/xmldsig#rsa-sha256": "http://www.w3.org/2000/09/xmldsig#rsa-sha256, which is not known",
		"": "no algorithm",
	} {
		assert.Equal(t, want, oddAlgorithm(uri))
	}
}

func TestDurations(t *testing.T) {
	t.Parallel()
	for v, want := range map[string]string{
		"P1D": "", "PT1H": "", "P1Y": "", "P6M": "", "PT3600.5S": "",
		"PT59M": "is less than an hour", "P2Y": "is more than a year", "-P1D": "is negative", "P": "is no duration", "1 day": "is no duration",
	} {
		assert.Equal(t, want, oddDuration(v), v)
	}
}

package expect

import (
	//nolint:staticcheck // recognised only to say that it is not fit

	"crypto/x509"
	"fmt"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

const day = "2006-01-02"

func certRef(d Document, c metadata.Certificate, say string) transcript.Ref {
	use := c.Use
	if use == "" {
		use = "signing and encryption"
	}
	return d.At(c.Element, use+" certificate "+say)
}

// judgeCertificates gathers what object says of each readable certificate.
func judgeCertificates(side Side, holds, violated string, object func(*x509.Certificate) string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		read := 0
		for _, cert := range d.Certificates(d.Role, "") {
			if cert.Cert == nil {
				continue
			}
			read++
			if say := object(cert.Cert); say != "" {
				bad = append(bad, certRef(d, cert, say))
			}
		}
		if read == 0 {
			return samlcheck.NotApplicable("there is no readable certificate")
		}
		return None(bad, holds, violated)
	}
}

// CertificatesReadable wants every certificate to be one. What only Go's
// library refuses is undecided: others may well read it.
func CertificatesReadable(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		all := d.Certificates(d.Role, "")
		if len(all) == 0 {
			return samlcheck.NotApplicable("there is no certificate")
		}
		var bad []transcript.Ref
		odd := ""
		for _, cert := range all {
			switch {
			case cert.Err != nil && cert.Odd:
				odd = cert.Err.Error()
			case cert.Err != nil:
				bad = append(bad, certRef(d, cert, "unreadable"))
			}
		}
		if len(bad) == 0 && odd != "" {
			return samlcheck.Undecided("a certificate has an unusual form that others may read: %s", odd)
		}
		return None(bad, fmt.Sprintf("all %d certificates can be read", len(all)), "these cannot be read")
	}
}

// CertificatesBare wants base64 alone in each X509Certificate.
func CertificatesBare(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		var bad []transcript.Ref
		for _, cert := range d.Certificates(d.Role, "") {
			if cert.Armour {
				bad = append(bad, certRef(d, cert, "with BEGIN CERTIFICATE lines"))
			}
		}
		return None(bad, "the certificates are base64 alone", "these have PEM lines inside")
	}
}

// uses calls f with the certificates that serve each use.
func uses(d Document, f func(use string, certs []metadata.Certificate)) {
	for _, use := range []string{"signing", "encryption"} {
		var certs []metadata.Certificate
		for _, c := range d.Certificates(d.Role, use) {
			if c.Cert != nil {
				certs = append(certs, c)
			}
		}
		if len(certs) > 0 {
			f(use, certs)
		}
	}
}

// CertificatesCurrent wants, for each use that has certificates, one whose
// dates include the moment. An ended one beside a current one is a rollover.
func CertificatesCurrent(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		bad, seen := map[*etree.Element]string{}, 0
		uses(d, func(_ string, certs []metadata.Certificate) {
			seen++
			for _, cert := range certs {
				if current(cert.Cert, c.Now) {
					return
				}
			}
			for _, cert := range certs {
				if c.Now.Before(cert.Cert.NotBefore) {
					bad[cert.Element] = "not before " + cert.Cert.NotBefore.Format(day)
				} else {
					bad[cert.Element] = "ended " + cert.Cert.NotAfter.Format(day)
				}
			}
		})
		if seen == 0 {
			return samlcheck.NotApplicable("there is no readable certificate")
		}
		return None(inOrder(d, bad), "each use has a certificate within its dates", "no certificate for this use is within its dates")
	}
}

// CertificatesLast wants, for each use, a current certificate that lasts.
func CertificatesLast(side Side, days int) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		d := side(c)
		bad, seen := map[*etree.Element]string{}, 0
		limit := c.Now.Add(time.Duration(days) * 24 * time.Hour)
		uses(d, func(_ string, certs []metadata.Certificate) {
			var last *metadata.Certificate
			for i, cert := range certs {
				if c.Now.Before(cert.Cert.NotAfter) && (last == nil || cert.Cert.NotAfter.After(last.Cert.NotAfter)) {
					last = &certs[i]
				}
			}
			if last == nil {
				return // ended: another check's matter
			}
			seen++
			if last.Cert.NotAfter.Before(limit) {
				bad[last.Element] = "ends " + last.Cert.NotAfter.Format(day)
			}
		})
		if seen == 0 {
			return samlcheck.NotApplicable("there is no current certificate")
		}
		return None(inOrder(d, bad), fmt.Sprintf("a certificate for each use lasts %d days and more", days),
			fmt.Sprintf("these end within %d days, and no later one is published", days))
	}
}

func current(c *x509.Certificate, now time.Time) bool {
	return !now.Before(c.NotBefore) && !now.After(c.NotAfter)
}

// inOrder turns sayings by certificate into evidence in document order, each once.
func inOrder(d Document, say map[*etree.Element]string) []transcript.Ref {
	var out []transcript.Ref
	for _, c := range d.Certificates(d.Role, "") {
		if s, ok := say[c.Element]; ok {
			out = append(out, certRef(d, c, s))
		}
	}
	return out
}

// KeysStrong wants keys that are not weak: RSA of 2048 bits, EC of 256.
func KeysStrong(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return judgeCertificates(side, "every key is strong enough", "these keys are weak", metadata.Weakness)
}

// CertificatesNotSHA1 wants certificates that are not themselves signed with SHA-1 or MD5.
func CertificatesNotSHA1(side Side) func(*samlcheck.Case) samlcheck.Verdict {
	return judgeCertificates(side, "no certificate is signed with SHA-1 or MD5", "these are signed with a broken hash", metadata.BrokenHash)
}

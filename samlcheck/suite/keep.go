package suite

import (
	"path/filepath"

	"filippo.io/age"

	"example.com/samepage/samlcheck/bundle"
)

// Keep says how the evidence of a run is kept, beside the bundle's folder.
type Keep struct {
	// AttestKey is the PEM file of the Ed25519 key that signs the attestation; it
	// is made if it is not there. "" is attest.pem in the state folder.
	AttestKey string
	// SealRaw are the receivers of the raw, unredacted record, which is only ever
	// written encrypted to them, beside the bundle. None: there is no raw record.
	SealRaw []age.Recipient
	// Identities leaves names and addresses readable, where the owner wants the
	// receiver to see them. Cookies, tokens and signatures are cut all the same.
	Identities bool
	// Zip packs the finished bundle into a .zip beside it.
	Zip bool
}

// keep prepares what the options say of the evidence.
func (j *job) keep(e *evidence) (err error) {
	path := j.o.Keep.AttestKey
	if path == "" {
		path = filepath.Join(j.t.IdP.State, "attest.pem")
	}
	if e.c.Key, err = bundle.AttestKey(path); err != nil {
		return usage{err, "--attest-key names another one"}
	}
	e.zip = j.o.Keep.Zip
	return nil
}

package idp

import (
	"errors"
	"net/http"
)

// certificates is Rollover in the control API: DER in base64, null where there
// is none.
type certificates struct {
	Active []byte `json:"active"`
	Next   []byte `json:"next"`
	Former []byte `json:"former"`
}

func (d *desk) controlCertificates(*http.Request) (int, any, error) {
	return http.StatusOK, certificates(d.idp.Rollover()), nil
}

func (d *desk) controlNewCertificate(r *http.Request) (int, any, error) {
	if _, err := d.idp.NewCertificate(); err != nil {
		return http.StatusInternalServerError, nil, err
	}
	return d.controlCertificates(r)
}

func (d *desk) controlActivate(r *http.Request) (int, any, error) {
	switch err := d.idp.Activate(); {
	case errors.Is(err, ErrNoNewCertificate):
		return http.StatusConflict, nil, err
	case err != nil:
		return http.StatusInternalServerError, nil, err
	}
	return d.controlCertificates(r)
}

package saml

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"sync"

	"go.k6.io/k6/js/common"
	"go.k6.io/k6/js/modules"
	"go.k6.io/k6/metrics"
)

// init is how k6 learns of an extension: a module registers itself when it is
// imported, and xk6 writes the program that imports it. The library's own rule,
// no init(), ends at the door of this module.
func init() { //nolint:gochecknoinits // k6 knows no other way
	modules.Register("k6/x/saml", New())
}

// Module is the extension: one for the process. It keeps each target that was
// opened, since k6 runs a script's init part again for every VU.
type Module struct {
	mu   sync.Mutex
	open map[string]*opened
	run  string // what the fresh people of this process carry; "" until one is wanted
}

// New is a Module that has opened nothing.
func New() *Module { return &Module{open: map[string]*opened{}} }

// NewModuleInstance implements modules.Module.
func (m *Module) NewModuleInstance(vu modules.VU) modules.Instance {
	i := &instance{vu: vu, module: m}
	if env := vu.InitEnv(); env != nil {
		var err error
		if i.metrics, err = register(env.Registry); err != nil {
			common.Throw(vu.Runtime(), err)
		}
	}
	return i
}

// runID is a random mark: two processes never meet, and what they leave can be
// found.
func (m *Module) runID() (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.run != "" {
		return m.run, nil
	}
	var b [3]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", fmt.Errorf("saml: no randomness: %w", err)
	}
	m.run = hex.EncodeToString(b[:])
	return m.run, nil
}

// instance is the module as one VU sees it.
type instance struct {
	vu      modules.VU
	module  *Module
	metrics *meters
	first   *opened // the target that is meant where none is named
	counted uint64  // fresh people of this VU
}

// Exports implements modules.Instance: import saml from 'k6/x/saml', or
// import { login } from 'k6/x/saml'.
func (i *instance) Exports() modules.Exports {
	named := map[string]any{"open": i.Open, "login": i.Login, "mint": i.Mint, "post": i.Post}
	return modules.Exports{Default: named, Named: named}
}

// meters are the extension's own metrics.
type meters struct {
	login, mint, acs *metrics.Metric // trends, milliseconds
	accepted         *metrics.Metric // rate: of all logins and posts
	refused          *metrics.Metric // counter, tagged with the kind
}

func register(r *metrics.Registry) (*meters, error) {
	m := &meters{}
	for _, one := range []struct {
		into *(*metrics.Metric)
		name string
		kind metrics.MetricType
		of   []metrics.ValueType
	}{
		{&m.login, "saml_login_duration", metrics.Trend, []metrics.ValueType{metrics.Time}},
		{&m.mint, "saml_mint_duration", metrics.Trend, []metrics.ValueType{metrics.Time}},
		{&m.acs, "saml_acs_duration", metrics.Trend, []metrics.ValueType{metrics.Time}},
		{&m.accepted, "saml_accepted", metrics.Rate, nil},
		{&m.refused, "saml_refused", metrics.Counter, nil},
	} {
		var err error
		if *one.into, err = r.NewMetric(one.name, one.kind, one.of...); err != nil {
			return nil, fmt.Errorf("saml: the metric %s: %w", one.name, err)
		}
	}
	return m, nil
}

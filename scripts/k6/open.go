package saml

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/grafana/sobek"
	"go.k6.io/k6/js/common"
	"go.k6.io/k6/lib/fsext"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/target"
)

// opened is a target that was opened: one for the process, read by all VUs.
type opened struct {
	once sync.Once
	err  error

	t      *target.Target
	sp     idp.SP
	stages map[string]*actor.Stage // by face
}

// Target is what saml.open gives a script. It can only be handed back.
type Target struct {
	Name  string   // as the target file says
	Faces []string // the faces that it may be asked for
	Hosts []string // all that a login may talk to

	of *opened
}

// Open reads a target file, in the init context: saml.open('target.yaml'). The
// path counts from the script. Variables in it come from k6's -e and from the
// environment.
func (i *instance) Open(path string) *sobek.Object {
	rt := i.vu.Runtime()
	env := i.vu.InitEnv()
	if env == nil {
		common.Throw(rt, errors.New("saml: open() belongs at the top of the script, outside of all functions"))
	}
	if path == "" {
		common.Throw(rt, errors.New("saml: open() wants the path of a target file: `samlcheck init` writes one"))
	}
	at := env.GetAbsFilePath(path)
	i.module.mu.Lock()
	o := i.module.open[at]
	if o == nil {
		o = &opened{}
		i.module.open[at] = o
	}
	i.module.mu.Unlock()
	o.once.Do(func() { o.err = o.read(i.vu.Context(), at, env) })
	if o.err != nil {
		common.Throw(rt, o.err)
	}
	if i.first == nil {
		i.first = o
	}
	return rt.ToValue(&Target{Name: o.t.Name, Faces: slices.Clone(o.t.IdP.Faces), Hosts: o.t.Hosts(), of: o}).ToObject(rt)
}

// read reads the file by k6's own file system, so that `k6 archive` packs it.
func (o *opened) read(ctx context.Context, at string, env *common.InitEnvironment) error {
	src, err := fsext.ReadFile(env.FileSystems["file"], at)
	if err != nil {
		return fmt.Errorf("saml: the target file cannot be read: %w", err)
	}
	lookup := func(key string) (string, bool) {
		if v, ok := env.RuntimeOptions.Env[key]; ok {
			return v, true
		}
		if env.LookupEnv != nil {
			return env.LookupEnv(key)
		}
		return os.LookupEnv(key)
	}
	if o.t, err = target.Parse(filepath.FromSlash(at), src, lookup); err != nil {
		return err
	}
	if o.t.Proxy != "" {
		return errors.New("saml: k6 takes its proxy from HTTP_PROXY and HTTPS_PROXY: leave `proxy` out of the target file")
	}
	if o.t.SP.CA != "" {
		return errors.New("saml: k6 takes certificates from SSL_CERT_FILE: leave `sp.ca` out of the target file")
	}
	if err := o.allowed(); err != nil { // before anything is asked of the host
		return err
	}
	if err := o.readSP(ctx); err != nil {
		return err
	}
	o.stages = map[string]*actor.Stage{}
	for _, name := range o.t.IdP.Faces {
		profile, err := face.New(name, o.t.IdP)
		if err != nil {
			return err
		}
		who, err := idp.New(profile, idp.Options{State: o.t.IdP.State})
		if err != nil {
			return err
		}
		o.stages[name] = &actor.Stage{Target: o.t, IdP: who, SP: o.sp}
	}
	return nil
}

// readSP finds where responses go: the target file, or the metadata that it
// names. Metadata at an address is read once, not by each VU.
func (o *opened) readSP(ctx context.Context) error {
	if where := o.t.SP.Metadata; where != "" {
		doc, err := document(ctx, where)
		if err != nil {
			return err
		}
		if o.sp, err = idp.ReadSP(doc.Raw, where); err != nil {
			return err
		}
	}
	if o.t.SP.EntityID != "" {
		o.sp.EntityID = o.t.SP.EntityID
	}
	if acs := o.t.SP.ACS; acs != "" {
		o.sp.ACS = append([]string{acs}, slices.DeleteFunc(slices.Clone(o.sp.ACS), func(s string) bool { return s == acs })...)
	}
	if len(o.sp.ACS) == 0 {
		return errors.New("saml: there is nowhere to send a response to: give `sp: {acs: ...}` in the target file, or mend the metadata")
	}
	o.t.Reach(o.sp.ACS...)
	return nil
}

func document(ctx context.Context, where string) (*metadata.Doc, error) {
	if !strings.Contains(where, "://") {
		return metadata.Read(where)
	}
	return metadata.Fetch(ctx, &http.Client{Timeout: 30 * time.Second}, where)
}

// allowed is the consent that samlcheck storm wants, in the same words.
func (o *opened) allowed() error {
	if !o.t.Allows("load") {
		return fmt.Errorf("saml: the target file does not allow load at %s: add `load` to `allow` if it is yours to load, as in `allow: [accounts, load]`",
			strings.Join(o.t.Hosts(), ", "))
	}
	return nil
}

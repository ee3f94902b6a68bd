package suite

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

const longer = "alice@acme.exampleing.example"

// office is an administrator as the tests want him.
type office struct {
	listed  []string
	noView  bool
	broken  error // of the view
	noWay   bool
	refuses error
	lies    bool // says that it has removed, and has not
	asked   []string
}

func (o *office) List(context.Context) ([]string, int, error) {
	switch {
	case o.noView:
		return nil, 0, errors.ErrUnsupported
	case o.broken != nil:
		return nil, 0, o.broken
	}
	return slices.Clone(o.listed), len(o.listed), nil
}

func (o *office) Invite(context.Context, idp.Person) error  { return errors.ErrUnsupported }
func (o *office) Disable(context.Context, idp.Person) error { return errors.ErrUnsupported }
func (o *office) Remove(_ context.Context, p idp.Person) error {
	if o.noWay {
		return errors.ErrUnsupported
	}
	o.asked = append(o.asked, p.Email)
	if o.refuses != nil {
		return o.refuses
	}
	if !o.lies {
		o.listed = slices.DeleteFunc(o.listed, func(a string) bool { return a == p.Email })
	}
	return nil
}

func after(t *testing.T, dir actor.Directory, keep bool) map[string]report.Account {
	t.Helper()
	alice := idp.Person{Ref: "known", Email: "alice@acme.example", NameID: "alice@acme.example"}
	one := idp.Person{Ref: "fresh-1", Email: "samlcheck-7f3a-1@acme.example", NameID: "samlcheck-7f3a-1@acme.example"}
	people := map[trial.Person]idp.Person{trial.Known: alice, trial.Fresh("1"): one}
	red, err := bundle.NewRedactor(bundle.Rules{Known: &transcript.Person{Ref: "known", Email: alice.Email, NameID: alice.NameID}, Keep: []string{"acme.example"}})
	require.NoError(t, err)
	posted := func(id, name string) transcript.Run {
		return red.Run(transcript.Run{ID: id, Steps: []transcript.Step{{Person: "fresh-1", Sent: &transcript.Message{
			XML: "<Assertion ><NameID>" + name + "</NameID></Assertion>"}}}})
	}
	f := &face{name: "okta", stage: &actor.Stage{People: people, Members: dir}, record: transcript.Record{
		People: red.People(actor.Folded(people)),
		Runs:   []transcript.Run{posted("okta/001", one.Email), posted("okta/002", longer)},
	}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // an interrupted run cleans up all the same
	out := map[string]report.Account{}
	for _, a := range (&job{t: &target.Target{}, o: Options{KeepAccounts: keep}}).clean(ctx, f, red) {
		out[red.Reveal(a.Email)] = a
	}
	return out
}

func TestCleanUp(t *testing.T) {
	t.Parallel()
	const one, alice = "samlcheck-7f3a-1@acme.example", "alice@acme.example"
	for name, c := range map[string]struct {
		office       *office
		keep         bool
		state, said  string // of the newcomer
		longer       string // state of the forged name
		asked, stand []string
	}{
		"removed and verified": {office: &office{listed: []string{alice, one, longer}}, state: report.Removed, said: "does not any more",
			longer: report.Removed, asked: []string{one, longer}, stand: []string{alice}},
		"a forged name that nobody sees is left alone": {office: &office{listed: []string{alice, one}}, state: report.Removed, said: "does not any more",
			longer: report.MayExist, asked: []string{one}, stand: []string{alice}},
		"no way to remove": {office: &office{listed: []string{alice, one}, noWay: true}, state: report.Seen, longer: report.MayExist, stand: []string{alice, one}},
		"told to keep":     {office: &office{listed: []string{alice, one}}, keep: true, state: report.Seen, longer: report.MayExist, stand: []string{alice, one}},
		"it fails": {office: &office{listed: []string{alice, one}, refuses: errors.New("403 from the admin page")}, state: report.StillThere,
			said: "to remove it failed: 403 from the admin page", longer: report.MayExist, asked: []string{one}, stand: []string{alice, one}},
		"it lies": {office: &office{listed: []string{alice, one}, lies: true}, state: report.StillThere, said: "lists it still",
			longer: report.MayExist, asked: []string{one}, stand: []string{alice, one}},
		"no view": {office: &office{noView: true}, state: report.Removed, said: "not verified: there is no members view",
			longer: report.MayExist, asked: []string{one}},
		"a view that breaks": {office: &office{broken: errors.New("exit status 1")}, state: report.Removed, said: "not verified: the members view could not be read: exit status 1",
			longer: report.MayExist, asked: []string{one}},
		"a blind view": {office: &office{listed: []string{"bob@acme.example"}}, state: report.Removed, said: "does not list the known member",
			longer: report.MayExist, asked: []string{one}, stand: []string{"bob@acme.example"}},
		"not listed": {office: &office{listed: []string{alice}}, state: report.Removed, said: "never listed it",
			longer: report.MayExist, asked: []string{one}, stand: []string{alice}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := after(t, c.office, c.keep)
			require.Len(t, got, 2)
			assert.Equal(t, c.state, got[one].State)
			assert.Contains(t, got[one].Said, c.said)
			assert.Contains(t, got[one].Why, "okta/001")
			assert.Equal(t, c.longer, got[longer].State)
			assert.Equal(t, c.asked, c.office.asked)
			assert.Equal(t, c.stand, c.office.listed)
		})
	}
}

func TestCleanUpWithoutADirectory(t *testing.T) {
	t.Parallel()
	got := after(t, nil, false)
	assert.Equal(t, report.MayExist, got["samlcheck-7f3a-1@acme.example"].State)
	assert.Contains(t, got["samlcheck-7f3a-1@acme.example"].Said, "no members view")
}

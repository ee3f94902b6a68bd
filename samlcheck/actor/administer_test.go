package actor

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/trial"
)

func TestAdministerRunsTheTargetsCommands(t *testing.T) {
	t.Parallel()
	who := trial.Fresh("1")
	stage := func(m *target.Members) *Stage {
		return &Stage{
			People:  map[trial.Person]idp.Person{who: {Ref: string(who), Email: "samlcheck-7f3a-1@acme.example"}},
			Members: FromTarget(m, nil),
		}
	}
	says := func(script string) *target.Command {
		return &target.Command{Command: []string{"sh", "-c", script, "members", "{{email}}"}}
	}
	for name, c := range map[string]struct {
		members *target.Members
		person  string
		fault   string
	}{
		"no members at all": {nil, "", ""},
		"no way":            {&target.Members{}, "", ""},
		"done":              {&target.Members{Remove: says(`test "$1" = samlcheck-7f3a-1@acme.example`)}, string(who), ""},
		"it fails":          {&target.Members{Remove: says(`echo "no such member" >&2; exit 3`)}, string(who), "exit status 3: no such member"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := stage(c.members).administer(t.Context(), who, Directory.Remove)
			assert.Equal(t, c.person, s.Person)
			if c.fault == "" {
				assert.Empty(t, s.Fault)
			} else {
				assert.Contains(t, s.Fault, c.fault)
			}
		})
	}
}

func TestAdministerOfNobodyAsksNobody(t *testing.T) {
	t.Parallel()
	s := &Stage{Members: FromTarget(&target.Members{Disable: &target.Command{Command: []string{"/does/not/exist"}}}, nil)}
	assert.Zero(t, s.administer(t.Context(), trial.Fresh("1"), Directory.Disable))
}

func TestWithoutAViewNobodyIsInvited(t *testing.T) {
	t.Parallel()
	d := FromTarget(&target.Members{Invite: &target.Command{Command: []string{"true"}}}, nil)
	_, _, err := d.List(t.Context())
	require.ErrorIs(t, err, errors.ErrUnsupported)
	assert.ErrorIs(t, d.Invite(t.Context(), idp.Person{}), errors.ErrUnsupported)
}

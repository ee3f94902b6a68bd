package actor

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/target"
)

// What a members command does wrong is an error with words, and never an empty
// list: nobody would seem to have an account.
func TestMembersCommandsThatGoWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ script, want string }{
		"fails":                {`echo "token has expired" >&2; exit 4`, "exit status 4: token has expired"},
		"fails after a list":   {`echo alice@acme.example; exit 1`, "exit status 1"},
		"prints words":         {"echo Permission denied", "no list of members"},
		"prints a page":        {"echo '<html>Sign in</html>'", "web page"},
		"prints bytes":         {`printf 'a\000b'`, "binary"},
		"prints half of JSON":  {`echo '[{"email": "alice@acme.example"'`, "not JSON"},
		"leaves a child there": {"sleep 30 & echo alice@acme.example", "left a program running"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := FromTarget(&target.Members{List: &target.List{Command: []string{"sh", "-c", c.script}}}, nil)
			addresses, _, err := d.List(t.Context())
			require.ErrorContains(t, err, c.want)
			assert.Empty(t, addresses)
		})
	}
	d := FromTarget(&target.Members{List: &target.List{Command: []string{"/does/not/exist"}}}, nil)
	_, _, err := d.List(t.Context())
	require.Error(t, err)
}

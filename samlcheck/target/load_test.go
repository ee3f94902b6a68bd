package target_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/target"
)

func none(string) (string, bool) { return "", false }

const minimal = `sp: {entity_id: "http://127.0.0.1:8080/saml", acs: "http://127.0.0.1:8080/saml/acs"}
people: {known: {email: alice@acme.example}, fresh: {domain: acme.example}}
`

// whole is contract.md's example, with every key.
const whole = `name: Samepage, Acme trial tenant
sp:
  metadata: sp.xml
  login: {url: https://sp.example/login/sso, method: POST, json: {email: "${WHO}", n: [1, true]}}
session:
  pages: [https://sp.example/home]
  proof: {url: https://sp.example/api/me, status: 200, contains: "{{email}}"}
people:
  known: {email: alice@acme.example, name_id: alice@acme.example, attributes: {department: IT, groups: [a, b]}}
  fresh: {domain: acme.example}
  attributes: {mail: "{{email}}"}
  name_id_format: emailAddress
members:
  list: {url: https://sp.example/members, header: {Authorization: "Bearer ${TOKEN}"}}
  invite: {command: [./members.sh, invite, "{{email}}"]}
  disable: {command: [sh, disable]}
  remove: {command: [/bin/remove]}
idp:
  faces: [entra]
  state: keys
  base_url: ""
  okta: {org: acme, app: samepage, sign: response, encrypt: false}
  entra: {tenant: 8e4dae73-0000-4000-8000-000000000001, sign: both}
browser: plain
allow: [accounts, forgery]
expect: {jit: [shut, not-provisioned], response/replay: fail}
secrets: [TOKEN]
`

const spMetadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example/saml"><SPSSODescriptor>
<AssertionConsumerService Location="https://acs.example/acs"/></SPSSODescriptor></EntityDescriptor>`

func write(t *testing.T, name, text string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(p, []byte(text), 0o600))
	return p
}

func TestEveryKeyIsRead(t *testing.T) {
	t.Parallel()
	p := write(t, "target.yaml", whole)
	dir := filepath.Dir(p)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sp.xml"), []byte(spMetadata), 0o600))
	env := map[string]string{"WHO": "alice@acme.example", "TOKEN": "canary-token-1"}
	tg, err := target.Load(p, func(k string) (string, bool) { v, ok := env[k]; return v, ok })
	require.NoError(t, err)

	assert.Equal(t, filepath.Join(dir, "sp.xml"), tg.SP.Metadata)
	assert.JSONEq(t, `{"email": "alice@acme.example", "n": [1, true]}`, string(tg.SP.Login.JSONBody()))
	assert.Equal(t, 200, tg.Session.Proof.Status)
	assert.Equal(t, map[string][]string{"department": {"IT"}, "groups": {"a", "b"}}, tg.People.Known.Attributes)
	assert.Equal(t, map[string]string{"mail": "{{email}}"}, tg.People.Attributes.Map)
	assert.Equal(t, "Bearer canary-token-1", tg.Members.List.Header["Authorization"])
	assert.Equal(t, []string{filepath.Join(dir, "members.sh"), "invite", "{{email}}"}, tg.Members.Invite.Command)
	assert.Equal(t, []string{"sh", "disable"}, tg.Members.Disable.Command)
	assert.Equal(t, filepath.Join(dir, "keys"), tg.IdP.State)
	assert.Equal(t, []string{"entra"}, tg.IdP.Faces)
	assert.Equal(t, map[string]target.Expected{"jit": {Is: []string{"shut", "not-provisioned"}}, "response/replay": {Is: []string{"fail"}}}, tg.Expect)
	assert.Equal(t, []string{"acs.example", "sp.example"}, tg.Hosts())
	assert.Contains(t, tg.Hidden(), "canary-token-1")
	assert.Equal(t, 4, tg.Line("sp.login"))
	assert.False(t, tg.Loopback())
	assert.True(t, tg.Allows("forgery"))
	assert.False(t, tg.Allows("load"))
}

func TestAcceptedFindingsHaveAReasonAndAnEnd(t *testing.T) {
	t.Parallel()
	tg, err := target.Load(write(t, "t.yaml", minimal+"expect:\n  response/replay: {is: [fail, warn], because: ticket 123, until: 2027-03-31}\n"), none)
	require.NoError(t, err)
	assert.Equal(t, target.Expected{Is: []string{"fail", "warn"}, Because: "ticket 123", Until: time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)}, tg.Expect["response/replay"])
	for text, says := range map[string]string{
		"{is: fail, because: x}":                   "says `is`, `because` and `until`",
		"{is: fail, because: x, until: soon}":      "is no day like 2027-03-31",
		"{is: fail, because: x, utnil: 2027-03-3}": `did you mean "until"?`,
	} {
		_, err := target.Load(write(t, "t.yaml", minimal+"expect:\n  response/replay: "+text+"\n"), none)
		require.Error(t, err)
		assert.Contains(t, err.Error(), says)
	}
}

func TestDefaultsAndShortForms(t *testing.T) {
	t.Parallel()
	tg, err := target.Load(write(t, "t.yaml", minimal), none)
	require.NoError(t, err)
	assert.Equal(t, []string{"okta", "entra"}, tg.IdP.Faces)
	assert.True(t, tg.Loopback())
	assert.True(t, tg.Allows("accounts"))
	assert.False(t, tg.Allows("load"), "load is asked for by name even here")
	assert.Nil(t, tg.SP.Login)
	tg.Reach("https://elsewhere.example/acs")
	assert.False(t, tg.Allows("accounts"), "a host that the metadata names counts")

	tg, err = target.Parse("t.yaml", []byte("sp: {entity_id: x, acs: 'http://localhost/acs', login: 'http://localhost/login'}\n"+
		"people: {fresh: {domain: a.example}, attributes: plain}\nallow: []\nname: 'cost $${X}'\n"), none)
	require.NoError(t, err)
	assert.Equal(t, "http://localhost/login", tg.SP.Login.URL)
	assert.True(t, tg.People.Attributes.Plain)
	assert.False(t, tg.Allows("forgery"), "an empty list allows nothing, here too")
	assert.Equal(t, "cost ${X}", tg.Name)
	assert.NotEmpty(t, tg.Warnings(), "no known member")
}

func TestComplaintsNameTheLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, add, want string }{
		{"unknown key", "expects: {jit: shut}", `t.yaml:3: unknown key "expects" (did you mean "expect"?)`},
		{"unknown key within", "idp: {stat: x}", `t.yaml:3: unknown key "stat" in idp (did you mean "state"?)`},
		{"nothing near", "zzzzzzzzz: 1", `t.yaml:3: unknown key "zzzzzzzzz"`},
		{"number for text", "name: 42", `t.yaml:3: name: a number where text is wanted (put it in quotes if it is text)`},
		{"text for list", "secrets: A", `t.yaml:3: secrets: text where a list is wanted: [a, b]`},
		{"map for list", "allow: {a: b}", `t.yaml:3: allow: a map where a list is wanted: [a, b]`},
		{"text for map", "members: yes please", `t.yaml:3: members: text where keys are wanted`},
		{"bad enum", "allow:\n  - accounts\n  - forgeries", `t.yaml:5: allow: "forgeries" is none of accounts, forgery, load (did you mean "forgery"?)`},
		{"text for number", "session: {proof: {url: 'http://localhost/me', status: ok}}", `t.yaml:3: session.proof.status: text where a number is wanted`},
		{"text for bool", "idp: {okta: {encrypt: maybe}}", `t.yaml:3: idp.okta.encrypt: text where true or false is wanted`},
		{"no variable", "name: '${NOPE}'", `t.yaml:3: name: the environment has no variable "NOPE"`},
		{"no url", "session: {pages: [home]}", `t.yaml:3: session.pages: "home" is not an http(s) URL`},
		{"no such browser", "browser: firefox", `t.yaml:3: browser: "firefox" is none of plain, chromium, manual`},
		{"no file", "members: {list: {file: m.csv}}", `t.yaml:3: members.list.file: no such file: m.csv`},
		{"two ways", "members: {list: {url: 'http://localhost/', command: [a]}}", `t.yaml:3: members.list: give exactly one of command, url, file, ask`},
		{"no way", "members: {invite: {command: []}}", `t.yaml:3: members.invite: command is missing: [program, argument, ...]`},
		{"twice", "name: a\nname: b", `t.yaml:4: not YAML: mapping key "name" already defined at [3:1]`},
		{"syntax", "name: [a", `t.yaml:3: not YAML: sequence end token ']' not found`},
		{"anchor", "name: &x a", `t.yaml:3: name: an anchor or alias (not used here: write it out) where text is wanted (put it in quotes if it is text)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := target.Parse("t.yaml", []byte(minimal+c.add+"\n"), none)
			require.Error(t, err)
			assert.Equal(t, c.want, err.Error())
		})
	}
}

func TestMeaningIsChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{"", "t.yaml: sp: give metadata (a file or a URL), or both entity_id and acs"},
		{"# nothing\n", "t.yaml: sp: give metadata"},
		{"sp: {entity_id: x}\npeople: {fresh: {domain: a.example}}", "t.yaml:1: sp: give metadata"},
		{"sp: {metadata: nowhere.xml}\npeople: {fresh: {domain: a.example}}", "t.yaml:1: sp.metadata: no such file: nowhere.xml"},
		{"sp: {metadata: .}\npeople: {fresh: {domain: a.example}}", "is a folder"},
		{"sp: {metadata: 'https://sp.example/md'}\npeople: {fresh: {domain: 'x@y'}}", `people.fresh.domain: "x@y" is not a domain`},
		{"sp: {metadata: 'https://sp.example/md'}\npeople: {known: {email: alice}, fresh: {domain: a.example}}", `"alice" is not an e-mail address`},
		{"- a\n", "t.yaml:1: a list where keys are wanted"},
		{"a: 1\n---\nb: 2\n", "several YAML documents"},
	} {
		_, err := target.Parse("t.yaml", []byte(c.src), none)
		require.ErrorContains(t, err, c.want)
	}
	_, err := target.Load("nowhere.yaml", none)
	require.EqualError(t, err, "nowhere.yaml: no such target file")
}

func TestAllComplaintsAtOnce(t *testing.T) {
	t.Parallel()
	_, err := target.Parse("t.yaml", []byte("nam: a\nbrowser: lynx\n"), none)
	require.ErrorContains(t, err, "t.yaml:1")
	require.ErrorContains(t, err, "t.yaml:2")
}

func TestPlainHTTPElsewhereIsAWarning(t *testing.T) {
	t.Parallel()
	tg, err := target.Parse("t.yaml", []byte("sp: {entity_id: x, acs: 'http://sp.example/acs'}\npeople: {fresh: {domain: a.example}}"), none)
	require.NoError(t, err)
	assert.Contains(t, tg.Warnings()[0]+tg.Warnings()[1], "plain http")
}

// The schema names every key that Load takes, and Load takes every key that the
// schema names.
func TestSchemaAgreesWithLoad(t *testing.T) {
	t.Parallel()
	var s map[string]any
	require.NoError(t, json.Unmarshal(target.Schema(), &s))
	inSchema := map[string]bool{}
	keysOfSchema(s, "", inSchema)
	inStruct := map[string]bool{}
	keysOfStruct(reflect.TypeFor[target.Target](), "", inStruct)
	assert.Equal(t, inStruct, inSchema)
	assert.True(t, inSchema["/idp/okta/sign"])
	assert.Equal(t, false, s["additionalProperties"])
	for key := range inSchema {
		assert.NotContains(t, key, "path", "unexported fields stay out")
	}
}

func keysOfSchema(s map[string]any, at string, into map[string]bool) {
	if alt, ok := s["oneOf"].([]any); ok {
		for _, a := range alt {
			keysOfSchema(a.(map[string]any), at, into)
		}
	}
	props, _ := s["properties"].(map[string]any)
	for k, v := range props {
		into[at+"/"+k] = true
		keysOfSchema(v.(map[string]any), at+"/"+k, into)
	}
}

func keysOfStruct(t reflect.Type, at string, into map[string]bool) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		if k := t.Field(i).Tag.Get("yaml"); k != "" {
			into[at+"/"+k] = true
			keysOfStruct(t.Field(i).Type, at+"/"+k, into)
		}
	}
}

// What goes into evidence holds no comments, where people keep notes, and no
// value of the environment.
func TestSourceIsTheFileWithoutCommentsAndEnvironment(t *testing.T) {
	t.Parallel()
	src := "# ask Bob for the password, it is hunter2\nsp: {entity_id: x, acs: https://sp.example/acs, headers: {X-Gate: \"${GATE}\"}} # gate\npeople: {fresh: {domain: acme.example}}\n"
	tg, err := target.Parse("t.yaml", []byte(src), func(string) (string, bool) { return "opensesame", true })
	require.NoError(t, err)
	assert.Equal(t, "opensesame", tg.SP.Headers["X-Gate"])
	assert.NotContains(t, tg.Source(), "hunter2")
	assert.NotContains(t, tg.Source(), "opensesame")
	assert.Contains(t, tg.Source(), "${GATE}")
	again, err := target.Parse("again.yaml", []byte(tg.Source()), func(string) (string, bool) { return "opensesame", true })
	require.NoError(t, err)
	assert.Equal(t, tg.SP, again.SP)
}

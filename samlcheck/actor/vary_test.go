package actor

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/trial"
)

// one is the person and his variant of one run.
func one(t *testing.T, m map[string]string, variant string) (was, is idp.Person) {
	t.Helper()
	tg := &target.Target{}
	tg.People.Fresh.Domain = "acme.example"
	tg.People.Known = &target.Known{Email: "alice@acme.example", Attributes: map[string][]string{"department": {"IT"}}}
	tg.People.Attributes.Map = m
	who := trial.Fresh("x")
	ps := People(tg, "7f3a", []trial.Person{who, who.With(variant)})
	require.Len(t, ps, 3)
	return ps[who], ps[who.With(variant)]
}

func TestVariants(t *testing.T) {
	t.Parallel()
	for name, check := range map[string]func(was, is idp.Person) bool{
		"letter-case": func(was, is idp.Person) bool { return is.Email == strings.ToUpper(was.Email) && is.NameID == is.Email },
		"renamed": func(was, is idp.Person) bool {
			return is.Surname != was.Surname && is.DisplayName == is.GivenName+" "+is.Surname
		},
		"other-name-id": func(was, is idp.Person) bool { return is.NameID != was.NameID && is.Email == was.Email },
		"other-address": func(was, is idp.Person) bool {
			return is.NameID == was.NameID && is.Email != was.Email && is.Seed == was.Email
		},
		"empty-email": func(_, is idp.Person) bool { a := is.Addresses(); return len(a) == 1 && a[0] == "" },
		"two-emails": func(was, is idp.Person) bool {
			a := is.Addresses()
			return len(a) == 2 && a[0] == was.Email && is.Email == was.Email
		},
		"no-email": func(was, is idp.Person) bool { return len(is.Addresses()) == 0 && is.NameID == was.NameID },
		"no-names": func(_, is idp.Person) bool { return is.GivenName+is.Surname+is.DisplayName == "" },
		"admin":    func(_, is idp.Person) bool { return is.Groups[0] == "admin" && is.Attributes["role"][0] == "admin" },
		"many-groups": func(_, is idp.Person) bool {
			return len(is.Groups) > 150 && is.Groups[0] == "admin" && is.Attributes["role"] == nil
		},
		"foreign-domain": func(_, is idp.Person) bool { return strings.HasSuffix(is.NameID, "@samlcheck-foreign.example") },
		"guest": func(was, is idp.Person) bool {
			return strings.Contains(is.NameID, "_acme.example#EXT#@") && is.Email == was.Email
		},
		"plus": func(_, is idp.Person) bool { return strings.Contains(is.Email, "+") && is.NameID == is.Email },
		"apostrophe": func(_, is idp.Person) bool {
			return strings.Contains(is.Email, "'") && strings.Contains(is.DisplayName, "'")
		},
		"accents":      func(_, is idp.Person) bool { return strings.ContainsAny(is.DisplayName, "ëŁß") },
		"long":         func(_, is idp.Person) bool { return strings.IndexByte(is.Email, '@') == 64 },
		"unknown-role": func(_, is idp.Person) bool { return is.Attributes["role"][0] == "samlcheck-nobody-has-this" },

		trial.Without("department"): func(was, is idp.Person) bool {
			return was.Attributes["department"] != nil && is.Attributes["department"] == nil
		},
		trial.Without(trial.FacetGroups): func(was, is idp.Person) bool { return len(was.Groups) > 0 && len(is.Groups) == 0 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			was, is := one(t, nil, name)
			assert.True(t, check(was, is), "%+v\n%+v", was, is)
			assert.Equal(t, "fresh-x~"+name, is.Ref)
			assert.Equal(t, was.Email, is.Seed, "the vendor's own id stays")
		})
	}
}

// No named variant is the person himself: a question that asks nothing.
func TestEveryVariantDiffers(t *testing.T) {
	t.Parallel()
	for _, v := range trial.Variants() {
		was, is := one(t, nil, v.Name)
		is.Ref, is.Seed = was.Ref, was.Seed
		assert.NotEqual(t, was, is, v.Name)
	}
}

// Where the target file gives the attributes, they change with the person.
func TestVariantsOfATargetsOwnAttributes(t *testing.T) {
	t.Parallel()
	m := map[string]string{"mail": "{{email}}", "department": "IT", "team": ""}
	_, is := one(t, m, "other-address")
	assert.Equal(t, []string{is.Email}, is.Attributes["mail"])
	_, is = one(t, m, "no-email")
	assert.NotContains(t, is.Attributes, "mail")
	assert.Contains(t, is.Attributes, "team", "an empty value that was asked for")
	_, is = one(t, m, trial.Without("department"))
	assert.NotContains(t, is.Attributes, "department")
	_, is = one(t, m, "admin")
	assert.Equal(t, []string{"admin"}, is.Attributes["role"])
}

func TestAVariantOfNobodyIsNobody(t *testing.T) {
	t.Parallel()
	tg := &target.Target{}
	tg.People.Fresh.Domain = "acme.example"
	assert.Empty(t, People(tg, "7f3a", []trial.Person{trial.Known.With("renamed")}))
}

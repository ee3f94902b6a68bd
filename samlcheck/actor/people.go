package actor

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// People makes the real identities of one run: the known member as the target
// file names him, and fresh persons who carry the run's id, so that two runs
// never meet and leftovers can be found.
func People(t *target.Target, runID string, refs []trial.Person) map[trial.Person]idp.Person {
	out := map[trial.Person]idp.Person{}
	var extra map[string][]string
	if k := t.People.Known; k != nil {
		known := member(k)
		extra = known.Attributes
		out[trial.Known] = filled(t, known)
	}
	for _, ref := range refs {
		if ref == trial.Known {
			continue
		}
		base, ok := out[trial.Known]
		switch {
		case ref.Base() != trial.Known:
			base = filled(t, fresh(t.People.Fresh.Domain, runID, ref.Base(), extra))
		case !ok:
			continue // a variant of nobody
		}
		if v, ok := ref.Variant(); ok {
			base = attributed(mapped(t, varied(base, v, runID)), v)
		}
		base.Ref = string(ref)
		out[ref] = base
	}
	return out
}

// member reads the known member. Names that the target file does not give are
// taken from the address, so that a rich assertion has them. They are words of
// the address only: an ordinary word for a surname would be folded out of
// every page that uses it.
func member(k *target.Known) idp.Person {
	p := idp.Person{Ref: string(trial.Known), Email: k.Email, NameID: k.NameID, Attributes: map[string][]string{}}
	if p.NameID == "" {
		p.NameID = k.Email
	}
	for _, name := range slices.Sorted(maps.Keys(k.Attributes)) {
		value := k.Attributes[name]
		if len(value) == 0 {
			continue
		}
		switch strings.ToLower(name) {
		case "given_name":
			p.GivenName = value[0]
		case "surname":
			p.Surname = value[0]
		case "display_name":
			p.DisplayName = value[0]
		case "username":
			p.Username = value[0]
		case "groups":
			p.Groups = value
		default:
			p.Attributes[name] = value
		}
	}
	words := strings.FieldsFunc(local(k.Email), func(r rune) bool { return strings.ContainsRune("._-+", r) })
	if p.GivenName == "" && len(words) > 0 {
		p.GivenName = capital(words[0])
	}
	if p.Surname == "" && len(words) > 1 {
		p.Surname = capital(words[len(words)-1])
	}
	if p.Surname == "" {
		p.Surname = p.GivenName
	}
	return p
}

// fresh makes somebody whom nobody has ever met. The local part, the given name
// and the surname are unrelated strings: a name that contains another would
// break the oracle's folding.
func fresh(domain, runID string, ref trial.Person, extra map[string][]string) idp.Person {
	n := strings.TrimPrefix(string(ref), "fresh-")
	p := idp.Person{
		Ref:        string(ref),
		Email:      fmt.Sprintf("samlcheck-%s-%s@%s", runID, n, domain),
		GivenName:  capital(syllables(runID+n+"given", 3)),
		Surname:    capital(syllables(runID+n+"surname", 4)),
		Attributes: maps.Clone(extra),
	}
	p.NameID = p.Email
	return p
}

// filled completes a person.
func filled(t *target.Target, p idp.Person) idp.Person {
	if p.Username == "" {
		p.Username = p.Email
	}
	if p.DisplayName == "" {
		p.DisplayName = strings.TrimSpace(p.GivenName + " " + p.Surname)
	}
	if len(p.Groups) == 0 {
		p.Groups = []string{"staff"}
	}
	return mapped(t, p)
}

// mapped replaces the attributes by the target file's map, where it gives one. An
// attribute whose value came to nothing is not sent.
func mapped(t *target.Target, p idp.Person) idp.Person {
	m := t.People.Attributes.Map
	if len(m) == 0 {
		return p
	}
	p.Only = true
	p.Attributes = map[string][]string{}
	for name, value := range m {
		if v := Expand(value, p); v != "" || value == "" {
			p.Attributes[name] = []string{v}
		}
	}
	return p
}

// Expand fills the placeholders of a target file's template for one person.
func Expand(s string, p idp.Person) string {
	return strings.NewReplacer(
		"{{email}}", p.Email, "{{given_name}}", p.GivenName, "{{surname}}", p.Surname,
		"{{display_name}}", p.DisplayName, "{{username}}", p.Username, "{{name_id}}", p.NameID,
	).Replace(s)
}

// Folded is what the transcript says of the people, in the order of their refs.
func Folded(ps map[trial.Person]idp.Person) []transcript.Person {
	out := make([]transcript.Person, 0, len(ps))
	for _, ref := range slices.Sorted(maps.Keys(ps)) {
		p := ps[ref]
		out = append(out, transcript.Person{
			Ref: p.Ref, NameID: p.NameID, Email: p.Email, Username: p.Username,
			GivenName: p.GivenName, Surname: p.Surname, DisplayName: p.DisplayName,
		})
	}
	return out
}

func local(email string) string {
	if i := strings.LastIndexByte(email, '@'); i > 0 {
		return email[:i]
	}
	return email
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// syllables makes a pronounceable name of n syllables from a seed: the same
// run has the same people, in every face.
func syllables(seed string, n int) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	sum := sha256.Sum256([]byte(seed))
	x := binary.BigEndian.Uint64(sum[:])
	var b strings.Builder
	for range n {
		b.WriteByte(consonants[x%uint64(len(consonants))])
		x /= uint64(len(consonants))
		b.WriteByte(vowels[x%uint64(len(vowels))])
		x /= uint64(len(vowels))
	}
	return b.String()
}

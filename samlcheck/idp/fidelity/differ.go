package fidelity

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// differ walks two elements side by side and keeps the first difference of each
// kind: of the skeleton, and of values.
type differ struct {
	shape, value *Difference
	loose        bool // namespace declarations may stand elsewhere among the attributes
	blank        bool // white space does not count: the text was indented anew
}

func (d *differ) compare(theirs, ours *etree.Element, path string) {
	if d.shape != nil {
		return
	}
	if theirs.FullTag() != ours.FullTag() {
		note(&d.shape, path, theirs.FullTag(), ours.FullTag())
		return
	}
	d.attributes(theirs, ours, path)
	if a, b := d.text(theirs), d.text(ours); a != b {
		note(&d.value, path, a, b)
	}
	d.children(theirs.ChildElements(), ours.ChildElements(), path)
}

func (d *differ) children(theirs, ours []*etree.Element, path string) {
	of, at := map[string]int{}, map[string]int{} // brothers of one name are counted
	for _, e := range theirs {
		of[e.FullTag()]++
	}
	for n := 0; n < max(len(theirs), len(ours)) && d.shape == nil; n++ {
		if n >= len(theirs) {
			note(&d.shape, path, "nothing more", ours[n].FullTag())
			return
		}
		tag := theirs[n].FullTag()
		below := path + "/" + tag
		if at[tag]++; of[tag] > 1 {
			below = fmt.Sprintf("%s[%d]", below, at[tag])
		}
		if n >= len(ours) {
			note(&d.shape, below, tag, "nothing more")
			return
		}
		d.compare(theirs[n], ours[n], below)
	}
}

func (d *differ) attributes(theirs, ours *etree.Element, path string) {
	a, b := names(theirs, d.loose), names(ours, d.loose)
	if !slices.Equal(a, b) {
		note(&d.shape, path+"/@*", strings.Join(a, " "), strings.Join(b, " "))
		return
	}
	for _, x := range theirs.Attr {
		if y := ours.SelectAttr(x.FullKey()); y != nil && x.Value != y.Value {
			note(&d.value, path+"/@"+x.FullKey(), x.Value, y.Value)
		}
	}
}

// names are an element's attributes in order. Loosely, the declarations come
// first and sorted: where they stand is the writer's habit.
func names(e *etree.Element, loose bool) []string {
	var plain, declared []string
	for _, a := range e.Attr {
		if loose && declares(a) {
			declared = append(declared, a.FullKey())
		} else {
			plain = append(plain, a.FullKey())
		}
	}
	slices.Sort(declared)
	return append(declared, plain...)
}

func declares(a etree.Attr) bool { return a.Space == "xmlns" || a.FullKey() == "xmlns" }

func (d *differ) text(e *etree.Element) string {
	var b strings.Builder
	for _, c := range e.Child {
		if t, ok := c.(*etree.CharData); ok {
			b.WriteString(t.Data)
		}
	}
	if d.blank {
		return strings.Join(strings.Fields(b.String()), "")
	}
	return b.String()
}

func note(into **Difference, path, theirs, ours string) {
	if *into == nil {
		theirs, ours = apart(theirs, ours)
		*into = &Difference{Path: path, Theirs: theirs, Ours: ours}
	}
}

// apart shortens two values so that what differs is still seen: two
// certificates are alike for their first hundreds of characters.
func apart(theirs, ours string) (string, string) {
	const alike = 60 // runes shown before the first that differs
	t, o := []rune(theirs), []rune(ours)
	same := 0
	for same < len(t) && same < len(o) && t[same] == o[same] {
		same++
	}
	if same <= 2*alike {
		return short(theirs), short(ours)
	}
	return "..." + short(string(t[same-alike:])), "..." + short(string(o[same-alike:]))
}

// short keeps a report readable, and bounded whatever the message holds.
func short(s string) string {
	const most = 300
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "..."
	}
	return s
}

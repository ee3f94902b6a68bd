package diagnose

import "fmt"

// differ says in words where two texts part: "at character 9: "/" there, and
// nothing here". Characters count from 1.
func differ(is, should string) string {
	a, b := []rune(is), []rune(should)
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(a) && i == len(b) {
		return "they are the same"
	}
	return fmt.Sprintf("they part at character %d: %s in the first, %s in the second", i+1, from(a, i), from(b, i))
}

func from(r []rune, i int) string {
	const shown = 12
	switch {
	case i >= len(r):
		return "nothing more"
	case len(r) > i+shown:
		return fmt.Sprintf("%q", string(r[i:i+shown])+"...")
	}
	return fmt.Sprintf("%q", string(r[i:]))
}

// nearest is the text that has the longest beginning in common with s; "" of none.
func nearest(s string, all []string) string {
	best, most := "", -1
	for _, x := range all {
		n := 0
		for n < len(s) && n < len(x) && s[n] == x[n] {
			n++
		}
		if n > most {
			best, most = x, n
		}
	}
	return best
}

package target

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// addressKeys are the addresses of an object of the form {"a@b": {...}}.
func addressKeys(o map[string]any) []string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(o)) {
		if emailIn(k) != "" {
			out = append(out, emailIn(k))
		}
	}
	return out
}

// findList finds the list of entries: the value itself, or the longest list
// directly or one level below in an object. A list that says of itself that it
// is one page of several is refused.
func findList(v any) (list []any, found bool, err error) {
	switch x := v.(type) {
	case []any:
		return x, true, nil
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(x)) {
			if l, ok := x[k].([]any); ok && (!found || len(l) > len(list)) {
				list, found = l, true
			}
		}
		if found {
			return list, true, whole(x, len(list))
		}
		for _, k := range slices.Sorted(maps.Keys(x)) {
			inner, ok := x[k].(map[string]any)
			if !ok {
				continue
			}
			if list, found, err = findList(inner); found || err != nil {
				return list, found, err
			}
		}
	}
	return nil, false, nil
}

// whole refuses one page of several.
func whole(o map[string]any, n int) error {
	for k, v := range o {
		switch strings.ToLower(strings.ReplaceAll(k, "_", "")) {
		case "totalresults", "total", "totalcount":
			if t, ok := v.(float64); ok && int(t) > n {
				return fmt.Errorf("target: the members view is one page of several: %d of %d entries; ask for all of them", n, int(t))
			}
		case "next", "nextpage", "nextcursor", "nextpagetoken", "nextlink", "@odata.nextlink":
			if s, ok := v.(string); ok && s != "" {
				return fmt.Errorf("target: the members view is one page of several (%q is given); ask for all of them", k)
			}
		}
	}
	return nil
}

// leaves lists the strings of an entry by their path; of a list inside an entry
// the first that is an address counts.
func leaves(v any, path string, into map[string]string) {
	switch x := v.(type) {
	case string:
		if emailIn(into[path]) == "" {
			into[path] = x
		}
	case map[string]any:
		for k, inner := range x {
			leaves(inner, path+"/"+k, into)
		}
	case []any:
		for _, inner := range x {
			leaves(inner, path+"[]", into)
		}
	}
}

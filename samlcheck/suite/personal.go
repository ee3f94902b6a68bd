package suite

import (
	"maps"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/target"
)

// personal are the values of a member's attributes that say something of him: a
// phone number, a manager, a desk. What gives rights stays readable, since it is
// often the cause of what was seen, and so does what is too short to be told
// from other words ("IT"), and the name of another attribute.
func personal(k *target.Known) (out []string) {
	if k == nil {
		return nil
	}
	names := strings.ToLower(strings.Join(slices.Sorted(maps.Keys(k.Attributes)), " "))
	for _, name := range slices.Sorted(maps.Keys(k.Attributes)) {
		low := strings.ToLower(name)
		if strings.Contains(low, "role") || strings.Contains(low, "group") || strings.Contains(low, "admin") || strings.Contains(low, "licen") {
			continue
		}
		for _, v := range k.Attributes[name] {
			if len(v) >= 4 && !strings.Contains(v, "://") && !strings.Contains(names, strings.ToLower(v)) {
				out = append(out, v)
			}
		}
	}
	return out
}

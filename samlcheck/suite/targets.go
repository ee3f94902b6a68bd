package suite

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Targets lists the target files of a folder: its *.yaml and *.yml, in the order
// of their names. Folders in it and names that begin with a dot are left out, so
// a mounted ConfigMap can be given as it is.
func Targets(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return nil, usagef("--targets names a folder with a target file for each service provider", "suite: the target files cannot be listed: %w", err)
	}
	var out []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(e.Name())) {
			continue
		}
		p := filepath.Join(dir, e.Name())
		info, err := os.Stat(p) // follows links
		if err != nil {
			return nil, usagef("", "suite: %w", err)
		}
		if info.Mode().IsRegular() {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil, usagef("`samlcheck init` writes one", "suite: there is no target file in %s: no *.yaml and no *.yml", dir)
	}
	return out, nil
}

// Shard is one of several equal parts of a list: of a job with four machines,
// 1/4 to 4/4. The zero Shard is the whole.
type Shard struct{ Number, Of int }

// ParseShard reads "2/4". "" is the whole.
func ParseShard(s string) (Shard, error) {
	if s == "" {
		return Shard{}, nil
	}
	const want = "1/4 is the first of four parts, 4/4 the last"
	a, b, ok := strings.Cut(s, "/")
	i, err1 := strconv.Atoi(a)
	n, err2 := strconv.Atoi(b)
	switch {
	case !ok || err1 != nil || err2 != nil:
		return Shard{}, usagef(want, "suite: a shard is a number, a slash and how many there are: %q is not", s)
	case n < 1 || i < 1 || i > n:
		return Shard{}, usagef(want, "suite: there is no shard %s", s)
	}
	return Shard{i, n}, nil
}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Number, s.Of) }

// Take is the shard's part of a list: every Of-th item, counted from the
// shard's number. Which items these are depends on the list and on nothing else,
// and the shards together hold each item once. More shards than items is an
// error: one that did nothing would look like one that found nothing.
func (s Shard) Take(items []string) ([]string, error) {
	if s.Of <= 1 {
		return items, nil
	}
	if s.Of > len(items) {
		return nil, usagef(fmt.Sprintf("make it %d shards or fewer", len(items)),
			"suite: shard %s: there are only %d targets, and some shards would have none", s, len(items))
	}
	var out []string
	for i := s.Number - 1; i < len(items); i += s.Of {
		out = append(out, items[i])
	}
	return out, nil
}

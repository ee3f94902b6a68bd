//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// figure is one row: what was measured, beside what, and what it should be.
type figure struct {
	what string
	ours string // with its unit
	peer string // of the same run, with its name; "" where there is none
	rate string // ours in terms of the peer's; "" where that says nothing
	goal string
	met  string // yes, no, or what limits it
}

// table collects the figures, and prints each as soon as it is there.
type table struct {
	rows []figure
	out  io.Writer
}

func (t *table) add(f figure) {
	t.rows = append(t.rows, f)
	line := f.what + ": " + f.ours
	for _, part := range [][2]string{{"; beside ", f.peer}, {" = ", f.rate}, {"; goal ", f.goal}, {": ", f.met}} {
		if part[1] != "" {
			line += part[0] + part[1]
		}
	}
	fmt.Fprintln(t.out, line)
}

// missing says why a figure is not there.
func (t *table) missing(what string, err error) {
	t.add(figure{what: what, ours: "not measured: " + strings.ReplaceAll(err.Error(), "\n", " ")})
}

// against is a figure that is to be at most so many times its peer.
func (t *table) against(what string, ours, peer float64, unit func(float64) string, name string, most float64) {
	f := figure{what: what, ours: unit(ours), peer: name + " " + unit(peer), rate: fmt.Sprintf("%.2f of it", ours/peer)}
	if most > 0 {
		f.goal, f.met = fmt.Sprintf("at most %.2f", most), verdict(ours/peer <= most)
	}
	t.add(f)
}

func verdict(met bool) string {
	if met {
		return "yes"
	}
	return "no"
}

func micro(ns float64) string { return fmt.Sprintf("%.0f µs", ns/1e3) }
func milli(ns float64) string { return fmt.Sprintf("%.1f ms", ns/1e6) }
func secs(ns float64) string  { return fmt.Sprintf("%.2f s", ns/1e9) }
func mib(b float64) string    { return fmt.Sprintf("%.0f MiB", b/(1<<20)) }

// write writes the table into the page that carries it, between its markers.
func (t *table) write(path string) error {
	const begin, end = "<!-- bench -->\n", "<!-- end of bench -->"
	page, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(page), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return fmt.Errorf("%s has no place for the table: %q and %q", path, begin, end)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s, %d cores, %s, %s/%s, load %s when it began:\n\n", time.Now().UTC().Format("2006-01-02"), runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, load())
	b.WriteString("| what | figure | beside | ratio | goal | met |\n|---|--:|--:|--:|---|---|\n")
	for _, f := range t.rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", f.what, f.ours, f.peer, f.rate, f.goal, f.met)
	}
	return os.WriteFile(path, []byte(before+begin+b.String()+end+after), 0o644) //nolint:gosec // a page of the docs
}

// load is the machine's load average, where it says.
func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	one, _, _ := strings.Cut(string(b), " ")
	return one
}

package report

import "io"

// WriteHTML writes report.html.
func WriteHTML(w io.Writer, r *Report) error {
	_, err := io.WriteString(w, "<!doctype html>")
	return err
}

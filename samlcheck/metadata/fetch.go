package metadata

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"time"
)

// FetchTimeout bounds one download, redirects included.
const FetchTimeout = 30 * time.Second

// Fetch downloads metadata from an http or https URL with the given client and
// parses it. A redirect to another page is followed; a login page at its end is
// recognised and named. The error is an *Error unless the URL cannot be reached.
func Fetch(ctx context.Context, client *http.Client, rawURL string) (*Doc, error) {
	u, err := url.Parse(rawURL)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return nil, &Error{Source: rawURL, Problem: "this is not an http or https URL", Hint: "give the full URL, or a file name"}
	}
	ctx, cancel := context.WithTimeout(ctx, FetchTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, rawURL, nil)
	if err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	req.Header.Set("Accept", "application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1")
	resp, err := client.Do(req)
	if err != nil {
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil {
			return nil, fmt.Errorf("metadata: %s did not answer within %v: %w", rawURL, FetchTimeout, err)
		}
		return nil, fmt.Errorf("metadata: %w", err)
	}
	defer resp.Body.Close()
	raw, err := readBounded(resp.Body, rawURL)
	if err != nil {
		return nil, err
	}
	return fromAnswer(resp, raw, rawURL)
}

func fromAnswer(resp *http.Response, raw []byte, rawURL string) (*Doc, error) {
	final := ""
	if resp.Request != nil && resp.Request.URL.String() != rawURL {
		final = " (it led to " + resp.Request.URL.Host + resp.Request.URL.Path + ")"
	}
	if resp.StatusCode != http.StatusOK {
		hint := "open it in a browser and see"
		switch resp.StatusCode {
		case http.StatusUnauthorized, http.StatusForbidden:
			hint = "the URL wants a login: download the file in a browser and give the file"
		case http.StatusNotFound, http.StatusGone:
			hint = "check the URL: is it complete, and of the right tenant?"
		}
		return nil, &Error{Source: rawURL, Problem: fmt.Sprintf("the server answered %s%s", resp.Status, final), Hint: hint}
	}
	d, err := Parse(raw, rawURL)
	var e *Error
	if errors.As(err, &e) {
		if ct, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); ct == "text/html" && e.Line > 0 && e.Problem != webPage {
			e.Line, e.Column, e.Problem, e.Hint = 0, 0, webPage, webPageHint
		}
		e.Problem += final
		return nil, e
	}
	if d != nil {
		d.Served = resp.Header.Get("Content-Type")
	}
	return d, err
}

// readBounded reads all of r, and refuses what is larger than MaxSize.
func readBounded(r io.Reader, source string) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("metadata: %s: %w", source, err)
	}
	if len(raw) > MaxSize {
		return nil, tooLarge(source)
	}
	return raw, nil
}

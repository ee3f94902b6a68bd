package actor

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

const (
	surfaceTime    = 20 * time.Second // for one answer
	surfaceSize    = 64 << 10         // bytes of an answer that are read
	surfaceOrigins = 5                // at most so many are asked
	surfaceHeader  = 200              // bytes of a header that are kept
)

// surfaceHeaders are what an answer of the surface probe is asked for beside
// its status. None of them says anything about a person.
var surfaceHeaders = []string{
	"Allow", "Access-Control-Allow-Methods", "Www-Authenticate", "Link", "Api-Version", "Deprecation", "Sunset",
	"Ratelimit", "Ratelimit-Policy", "Ratelimit-Limit", "Ratelimit-Remaining", "Ratelimit-Reset",
	"X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset", "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining",
	"X-Rate-Limit-Reset",
}

// surface asks every origin of the target at every place. It follows nothing:
// a redirect may lead to a host that nobody has allowed. An origin that asks us
// to slow down, or does not answer, is asked no further. Of the answers only
// what they are is kept, and not what they say: a list of users is nobody's
// business here.
func (s *Stage) surface(ctx context.Context) transcript.Step {
	var step transcript.Step
	origins := s.Target.Origins()
	if len(origins) > surfaceOrigins {
		origins = origins[:surfaceOrigins]
	}
	idps := s.IdP.Hosts()
	for _, origin := range origins {
		if _, host, _ := strings.Cut(origin, "://"); slices.Contains(idps, host) {
			continue
		}
		for _, p := range trial.Places() {
			hop, err := s.ask(ctx, p.Method, origin+p.Path)
			if err != nil {
				step.Fault = "actor: " + err.Error()
				return step
			}
			step.Surface = append(step.Surface, hop)
			if hop.Error != "" || hop.Status == http.StatusTooManyRequests || hop.Status == http.StatusServiceUnavailable {
				break
			}
		}
	}
	return step
}

// ask makes one request. The error is the context's.
func (s *Stage) ask(ctx context.Context, method, url string) (transcript.Hop, error) {
	hop := transcript.Hop{Method: method, URL: url, Because: "start"}
	if err := engine.Wait(ctx, s.Pause); err != nil {
		return hop, err
	}
	in, cancel := context.WithTimeout(ctx, surfaceTime)
	defer cancel()
	req, err := http.NewRequestWithContext(in, method, url, nil)
	if err != nil {
		return hop, fmt.Errorf("%s is no address: %w", url, err)
	}
	req.Header.Set("User-Agent", plain.UserAgent)
	req.Header.Set("Accept", "application/scim+json, application/json, text/html;q=0.9, */*;q=0.8")
	resp, err := s.Base.RoundTrip(req)
	if err != nil {
		hop.Error = "request failed: " + err.Error()
		browser.Observe(&hop, nil, nil)
		return hop, ctx.Err()
	}
	defer resp.Body.Close()
	hop.Status = resp.StatusCode
	body, err := io.ReadAll(io.LimitReader(resp.Body, surfaceSize))
	if err != nil {
		hop.Error = browser.Closed + " in the middle of the answer"
	}
	browser.Observe(&hop, resp.Header, body)
	hop.Blocks, hop.Links, hop.Forms, hop.Tokens, hop.Cookies = nil, nil, nil, nil, nil
	for _, name := range surfaceHeaders {
		if v := strings.Join(resp.Header.Values(name), ", "); v != "" {
			if hop.Headers == nil {
				hop.Headers = map[string]string{}
			}
			if len(v) > surfaceHeader {
				v = strings.ToValidUTF8(v[:surfaceHeader], "") + "…"
			}
			hop.Headers[strings.ToLower(name)] = v
		}
	}
	return hop, ctx.Err()
}

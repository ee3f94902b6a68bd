package suite_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	driven "example.com/samepage/samlcheck/browser/chromium"
	"example.com/samepage/samlcheck/capture/capturetest"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
)

// A login that somebody makes by hand in Chromium, recorded by Chromium's own
// network log and saved as it saves a HAR, says what the driven run says.
func TestARecordingOfChromiumSaysWhatTheRunSays(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("too slow here: a real browser")
	}
	sp, err := samepage.Start(samepage.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sp.Close()) })
	require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	server := httptest.NewUnstartedServer(nil)
	mock, err := idp.New(okta.New(okta.Config{}).At("http://"+server.Listener.Addr().String()), idp.Options{})
	require.NoError(t, err)
	require.NoError(t, sp.Server.AddIdP(mock.Metadata()))
	spDoc, err := metadata.Fetch(t.Context(), http.DefaultClient, sp.MetadataURL)
	require.NoError(t, err)
	idpDoc, err := metadata.Parse(mock.Metadata(), "okta")
	require.NoError(t, err)
	service, err := idp.ReadSP(spDoc.Raw, sp.MetadataURL)
	require.NoError(t, err)
	server.Config.Handler = mock.Handler(idp.Serving{SP: service, People: []idp.Person{capturetest.Alice()}, Rich: true})
	server.Start()
	t.Cleanup(server.Close)

	es := recorded(t, sp.LoginURL, sp.HomeURL)
	require.GreaterOrEqual(t, capturetest.Answering(es), 0, "the response was posted")
	got, err := suite.Analyze(bytes.NewReader(capturetest.File(capturetest.Chrome, es)), suite.AnalyzeOptions{Name: "login.har", SP: spDoc, IdP: idpDoc})
	require.NoError(t, err)
	asTheRunSays(t, got.Report)
}

// recorded signs the first person in at the mock's page, in a Chromium of its own.
func recorded(t *testing.T, start, end string) []capturetest.Entry {
	t.Helper()
	path, err := driven.Find()
	if errors.Is(err, driven.ErrMissing) {
		t.Skip(err)
	}
	require.NoError(t, err)
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	log := &networkLog{open: map[network.RequestID]*capturetest.Entry{}}
	require.NoError(t, chromedp.Listen(ctx, log.hear))
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	require.NoError(t, err)
	const button = chromedp.CSS(`form[action$="/-/sign-in"] button`)
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate(start), chromedp.WaitVisible(button), chromedp.Click(button)))
	require.Eventually(t, func() bool {
		at, err := chromedp.Run(ctx, chromedp.Location())
		return err == nil && at == end
	}, time.Minute, 50*time.Millisecond, "the login comes to rest at home")
	return log.entries()
}

// networkLog is what the developer tools write down of requests for documents.
type networkLog struct {
	mu   sync.Mutex
	open map[network.RequestID]*capturetest.Entry
	all  []*capturetest.Entry
}

func (l *networkLog) hear(event any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Type != network.ResourceTypeDocument {
			return
		}
		if e.RedirectResponse != nil {
			l.answered(e.RequestID, e.RedirectResponse)
		}
		entry := &capturetest.Entry{Began: time.UnixMilli(int64(e.WallTime.Float64() * 1000)).UTC(), Method: e.Request.Method, URL: e.Request.URL + e.Request.URLFragment, Asked: headers(e.Request.Headers)}
		for _, part := range e.Request.PostDataEntries {
			entry.Posted += string(part.Bytes)
		}
		l.open[e.RequestID] = entry
		l.all = append(l.all, entry)
	case *network.EventResponseReceived:
		l.answered(e.RequestID, e.Response)
	}
}

func (l *networkLog) answered(id network.RequestID, r *network.Response) {
	if entry := l.open[id]; entry != nil {
		entry.Status, entry.Given, entry.Took = int(r.Status), headers(r.Headers), time.Millisecond
	}
}

func (l *networkLog) entries() []capturetest.Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []capturetest.Entry
	for _, e := range l.all {
		out = append(out, *e)
	}
	return out
}

func headers(h network.Headers) http.Header {
	out := http.Header{}
	for name, v := range h {
		if text, ok := v.(string); ok {
			for one := range strings.SplitSeq(text, "\n") {
				out.Add(name, one)
			}
		}
	}
	return out
}

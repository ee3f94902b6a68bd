package actor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

const (
	commandTime = 30 * time.Second // for one members command or request
	pipeTime    = time.Second      // for a command that has ended and whose children still hold its output open
	viewSize    = 8 << 20          // bytes of a members view that are read
)

// Directory is how an administrator sees and changes who has an account. The
// target file's commands are one; a Go test may bring its own. Whatever it has
// no way to do is errors.ErrUnsupported: that is no failure.
type Directory interface {
	// List returns the addresses that the members view shows, as it spells
	// them, and the number of entries.
	List(ctx context.Context) (addresses []string, total int, err error)
	// Invite asks for an invitation.
	Invite(ctx context.Context, p idp.Person) error
	// Disable takes a person's access away and keeps the account.
	Disable(ctx context.Context, p idp.Person) error
	// Remove deletes a person's account.
	Remove(ctx context.Context, p idp.Person) error
}

// FromTarget is the directory that the target file describes; nil for none.
func FromTarget(m *target.Members, base http.RoundTripper) Directory {
	if m == nil {
		return nil
	}
	return &described{m, base}
}

// members reads the members view and keeps of it only how often each person of
// this run is listed. Without a directory the step is empty: the verdict is
// given without a view.
func (s *Stage) members(ctx context.Context) transcript.Step {
	if s.Members == nil {
		return transcript.Step{}
	}
	ctx, cancel := s.patience(ctx)
	defer cancel()
	view := &transcript.View{Entries: map[string]int{}, Told: s.hearsay()}
	addresses, total, err := s.Members.List(ctx)
	if errors.Is(err, errors.ErrUnsupported) {
		return transcript.Step{}
	}
	if err != nil {
		view.Error = err.Error()
		return transcript.Step{Members: view}
	}
	view.Total = total
	for _, p := range s.People {
		view.Entries[p.Ref] = 0
		for _, a := range addresses {
			if strings.EqualFold(a, p.Email) || strings.EqualFold(a, p.NameID) {
				view.Entries[p.Ref]++
			}
		}
	}
	s.mu.Lock()
	s.listed = view.Entries[string(trial.Known)] > 0
	s.mu.Unlock()
	return transcript.Step{Members: view}
}

// invite asks for an invitation, of the known member only where the view did
// not list him. The step names the person if an invitation was asked for, and
// nobody where there is no way to invite.
func (s *Stage) invite(ctx context.Context, do trial.Invite) transcript.Step {
	var step transcript.Step
	s.mu.Lock()
	listed := s.listed
	s.mu.Unlock()
	who, ok := s.People[do.Who]
	if !ok || listed && do.Who == trial.Known || s.Members == nil {
		return step
	}
	ctx, cancel := s.patience(ctx)
	defer cancel()
	err := s.Members.Invite(ctx, who)
	if errors.Is(err, errors.ErrUnsupported) {
		return step
	}
	step.Person = string(do.Who)
	if err != nil {
		step.Fault = err.Error()
	}
	return step
}

// described is the directory of a target file.
type described struct {
	m    *target.Members
	base http.RoundTripper
}

// List implements Directory.
func (d *described) List(ctx context.Context) ([]string, int, error) {
	if d.m.List == nil {
		return nil, 0, errors.ErrUnsupported
	}
	kind, body, err := d.read(ctx)
	if err != nil {
		return nil, 0, err
	}
	return target.ParseMembers(kind, body)
}

// Invite implements Directory. Without a view nobody could tell whether the
// person has an account already, so nobody is invited.
func (d *described) Invite(ctx context.Context, p idp.Person) error {
	if d.m.List == nil {
		return errors.ErrUnsupported
	}
	return asked(ctx, d.m.Invite, p)
}

func (d *described) read(ctx context.Context) (kind string, body []byte, err error) {
	l := d.m.List
	switch {
	case len(l.Command) > 0:
		body, err = run(ctx, l.Command)
		return "", body, err
	case l.URL != "":
		return d.get(ctx, l)
	case l.File != "":
		body, err = os.ReadFile(l.File)
		if err != nil {
			return "", nil, fmt.Errorf("actor: the members view cannot be read: %w", err)
		}
		return "", body, nil
	}
	return "", nil, errors.New("actor: the members view has no command, url or file to read")
}

func (d *described) get(ctx context.Context, l *target.List) (kind string, body []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.URL, nil)
	if err != nil {
		return "", nil, fmt.Errorf("actor: members url: %w", err)
	}
	for k, v := range l.Header {
		req.Header.Set(k, v)
	}
	resp, err := d.base.RoundTrip(req)
	if err != nil {
		return "", nil, fmt.Errorf("actor: the members view does not answer: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", nil, fmt.Errorf("actor: the members view answers %s", resp.Status)
	}
	body, err = io.ReadAll(io.LimitReader(resp.Body, viewSize))
	if err != nil {
		return "", nil, fmt.Errorf("actor: the members view broke off: %w", err)
	}
	return resp.Header.Get("Content-Type"), body, nil
}

func expanded(args []string, p idp.Person) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = Expand(a, p)
	}
	return out
}

// run starts the user's own command. Its arguments come from the target file
// alone; nothing that the service provider sent ever reaches it.
func run(ctx context.Context, args []string) ([]byte, error) {
	var out, bad bytes.Buffer
	c := exec.CommandContext(ctx, args[0], args[1:]...)
	c.Stdout, c.Stderr = &out, &bad
	c.WaitDelay = pipeTime
	err := c.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		return nil, fmt.Errorf("actor: %s ended and left a program running that holds its output open, so the output may be half of it: %w",
			strings.Join(args, " "), err)
	}
	if err != nil {
		words := strings.TrimSpace(bad.String())
		if len(words) > 200 {
			words = words[len(words)-200:]
		}
		return nil, fmt.Errorf("actor: %s: %w: %s", strings.Join(args, " "), err, words)
	}
	return out.Bytes(), nil
}

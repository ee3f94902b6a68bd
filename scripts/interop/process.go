//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	startWithin = 3 * time.Minute // samlify compiles its validator first: seconds, or a minute on a busy machine
	knownEmail  = "alice@acme.example"
)

// A provider is a running service provider.
type provider struct {
	state string
	cmd   *exec.Cmd
	ended chan struct{}
}

// launch starts an SP and returns when it says that it answers. A port that
// another process has taken meanwhile is worth a second try.
func launch(ctx context.Context, j job, dir, idp, set string) (*provider, error) {
	var err error
	for attempt := range 2 {
		var p *provider
		where := filepath.Join(dir, "sp"+strconv.Itoa(attempt))
		if p, err = launchOnce(ctx, j, where, idp, set); err == nil {
			return p, nil
		}
		if !strings.Contains(strings.ToLower(err.Error()), "in use") {
			break
		}
	}
	return nil, err
}

func launchOnce(ctx context.Context, j job, state, idp, set string) (*provider, error) {
	if err := os.Mkdir(state, 0o755); err != nil {
		return nil, err
	}
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	log, err := os.Create(state + ".log")
	if err != nil {
		return nil, err
	}
	defer log.Close() // the child has its own
	// Not tied to the context: it would kill the script alone, and its servers
	// would live on. stop ends the group.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), filepath.Join(here, j.sp.folder, "start"))
	cmd.Env = append(os.Environ(), "IDP_METADATA="+idp, "FACE="+j.face, "PORT="+strconv.Itoa(port),
		"STATE="+state, "KNOWN_EMAIL="+knownEmail, "VARIANT="+j.sp.variant, "SET="+set)
	cmd.Stdout, cmd.Stderr = log, log
	// A group of its own: the SP's servers are ended with it, and a Ctrl-C on
	// the terminal reaches this program first.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &provider{state: state, cmd: cmd, ended: make(chan struct{})}
	go func() { _ = cmd.Wait(); close(p.ended) }()
	if err := p.ready(ctx); err != nil {
		p.stop()
		return nil, fmt.Errorf("%w; its log ends:\n%s", err, tail(state+".log", 30))
	}
	return p, nil
}

// freePort asks the kernel. Between here and the SP's own bind the port is
// free again, which is why launch may try twice.
func freePort(ctx context.Context) (int, error) {
	var any net.ListenConfig
	l, err := any.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// ready polls for the file that the start script writes last.
func (p *provider) ready(ctx context.Context) error {
	deadline := time.After(startWithin)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-p.ended:
			return errors.New("it ended before it answered")
		case <-deadline:
			return fmt.Errorf("it did not answer within %s", startWithin)
		case <-tick.C:
			if _, err := os.Stat(filepath.Join(p.state, "ready")); err == nil {
				return nil
			}
		}
	}
}

// stop ends the whole group: politely first, so that servers remove their
// semaphores and shared memory, then for certain.
func (p *provider) stop() {
	group := -p.cmd.Process.Pid
	_ = syscall.Kill(group, syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(8 * time.Second):
	}
	// The script may be gone while a child of it lingers.
	_ = syscall.Kill(group, syscall.SIGKILL)
	<-p.ended
}

func tail(path string, lines int) string {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	all := strings.Split(strings.TrimRight(string(raw), "\n"), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

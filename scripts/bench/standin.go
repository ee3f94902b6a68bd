//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"time"

	"example.com/samepage/samlcheck/samepage"
)

// running is what the stand-in's process tells its parent.
type running struct {
	Target, Login, EntityID, ACS, Upload, Token string

	Used time.Duration // of CPU, by its beginning
}

// standIn serves until its standard input ends.
func standIn() error {
	sp, err := samepage.Start(samepage.Options{JIT: samepage.Off})
	if err != nil {
		return err
	}
	if err := sp.Server.Invite(samepage.KnownMember, samepage.RoleMember); err != nil {
		return err
	}
	err = json.NewEncoder(os.Stdout).Encode(running{
		Target: sp.TargetFile("", false), Login: sp.LoginURL, EntityID: sp.MetadataURL, ACS: sp.URL + "/saml/acs",
		Upload: sp.URL + "/admin/api/idp", Token: sp.AdminToken, Used: used(),
	})
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return sp.Close()
}

// startStandIn runs this program once more as the service provider. The function
// ends it, and returns the CPU that it has used since it began to serve.
func startStandIn(ctx context.Context) (*running, func() time.Duration, error) {
	c := exec.CommandContext(ctx, os.Args[0], "-sp")
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := c.Start(); err != nil {
		return nil, nil, err
	}
	var r running
	stop := func() time.Duration {
		_ = in.Close() // its end of input is its signal to leave
		_ = c.Wait()
		return c.ProcessState.UserTime() + c.ProcessState.SystemTime() - r.Used
	}
	if err := json.NewDecoder(out).Decode(&r); err != nil {
		stop()
		return nil, nil, fmt.Errorf("the stand-in did not start: %w", err)
	}
	return &r, stop, nil
}

// upload registers the identity provider, as its administrator would.
func (r *running) upload(ctx context.Context, metadata []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.Upload, bytes.NewReader(metadata))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+r.Token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		return fmt.Errorf("the stand-in refused the metadata: %s", resp.Status)
	}
	return nil
}

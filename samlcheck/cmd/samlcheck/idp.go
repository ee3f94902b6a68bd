package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

func (a *app) idpCmd() *cobra.Command {
	c := &cobra.Command{Use: "idp", Short: "the mock identity provider", Args: noArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(a.idpMetadataCmd(), a.idpServeCmd())
	return c
}

// idpFlags say which identity provider.
type idpFlags struct{ face, target, state, out string }

func (f *idpFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.face, "face", "okta", "okta or entra")
	f.addFolders(c)
}

// addFolders are the flags of add but for the face.
func (f *idpFlags) addFolders(c *cobra.Command) {
	c.Flags().StringVarP(&f.target, "target", "t", "", "target file (default: target.yaml, where there is one)")
	c.Flags().StringVar(&f.state, "state", "", "folder of its keys (default: as the target file says, else .samlcheck)")
}

func (a *app) idpMetadataCmd() *cobra.Command {
	var f idpFlags
	var generic bool
	c := &cobra.Command{
		Use: "metadata", Short: "the metadata to upload at the service provider", Args: noArgs,
		Long: "Prints the identity provider's metadata, byte for byte the same each time. Its keys are made\nonce and kept in the state folder; lose it, and the metadata must be uploaded again.",
		RunE: func(*cobra.Command, []string) error {
			i, err := f.open()
			if err != nil {
				return err
			}
			doc := i.Metadata()
			if generic {
				if doc, err = i.GenericMetadata(); err != nil {
					return hint("leave --generic out, or name --face entra", "%w", err)
				}
			}
			if f.out == "" {
				_, err = a.out.Write(doc)
				return err
			}
			if err := os.WriteFile(f.out, doc, 0o644); err != nil { //nolint:gosec // metadata is public
				return fmt.Errorf("the metadata cannot be written: %w", err)
			}
			return nil
		},
	}
	f.add(c)
	c.Flags().StringVarP(&f.out, "out", "o", "", "write it to a file")
	c.Flags().BoolVar(&generic, "generic", false, "Entra's tenant-wide document, which does not hold the app's certificate")
	return c
}

// open opens the identity provider that a target file, or no target file,
// describes.
func (f idpFlags) open() (*idp.IdP, error) {
	t, _, err := f.load()
	if err != nil {
		return nil, err
	}
	return suite.IdP(f.face, suite.Options{Loaded: t})
}

// load reads the target file, and says whether there is one. Before there is,
// the defaults do: the identity provider must be uploaded before the service
// provider has metadata.
func (f idpFlags) load() (t *target.Target, found bool, err error) {
	path := f.target
	if path == "" {
		path = "target.yaml"
	}
	_, err = os.Stat(path)
	if found = f.target != "" || !errors.Is(err, fs.ErrNotExist); found {
		t, err = target.Load(path, os.LookupEnv)
	} else {
		t, err = target.Parse(path, []byte("sp: {entity_id: none, acs: 'http://127.0.0.1/none'}\npeople: {fresh: {domain: none.example}}\n"), os.LookupEnv)
	}
	if err == nil && f.state != "" {
		t.IdP.State = f.state
	}
	return t, found, err
}

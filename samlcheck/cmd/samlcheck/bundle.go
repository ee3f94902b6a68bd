package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/suite"
)

// keepFlags say how the evidence of a run is kept.
type keepFlags struct {
	attestKey string
	sealRaw   []string
	zip       bool
	redactFlags
}

func (k *keepFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&k.attestKey, "attest-key", "", "Ed25519 key (PEM) that signs the evidence (default: attest.pem in the state folder, made once)")
	c.Flags().StringSliceVar(&k.sealRaw, "seal-raw", nil, "keep the unredacted record too, encrypted to this age key (age1...) and to nobody else")
	c.Flags().BoolVar(&k.zip, "zip", false, "pack the bundle into a .zip as well")
	k.redactFlags.add(c)
}

func (k *keepFlags) keep() (suite.Keep, error) {
	out := suite.Keep{AttestKey: k.attestKey, Zip: k.zip, Identities: k.identities}
	if len(k.sealRaw) == 0 {
		return out, nil
	}
	to, err := bundle.Recipients(k.sealRaw)
	if err != nil {
		return out, usageError{err}
	}
	out.SealRaw = to
	return out, nil
}

func (a *app) bundleCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "bundle", Short: "verify, merge, pack, seal or open the evidence of runs",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("samlcheck bundle has no command %q", args[0])}
			}
			return c.Help()
		},
	}
	c.AddCommand(a.bundleVerifyCmd(), a.bundleMergeCmd(), a.bundleZipCmd(), a.bundleSealCmd(), a.bundleOpenCmd())
	return c
}

func (a *app) bundleVerifyCmd() *cobra.Command {
	var key string
	c := &cobra.Command{
		Use: "verify DIR|ZIP", Short: "is it as it was written? every hash, every schema, the signature", Args: exactly(1, "one bundle: its folder or a .zip of it"),
		Long: "Names every file that was changed, is missing or was added, and every file that does not keep to its\n" +
			"published schema. Without --key the signature is held against the key that lies in the bundle, which\n" +
			"proves that it is whole and nothing about who made it. Exit: 0 sound, 1 not.",
		RunE: func(c *cobra.Command, args []string) error { return a.verifyBundle(c.Context(), args[0], key) },
	}
	c.Flags().StringVar(&key, "key", "", "public key (PEM) of whoever ran it: its attest.pem.pub")
	return c
}

func (a *app) verifyBundle(ctx context.Context, path, keyFile string) error {
	var key ed25519.PublicKey
	if keyFile != "" {
		raw, err := os.ReadFile(keyFile)
		if err != nil {
			return usageError{err}
		}
		if key, err = bundle.PublicKey(raw); err != nil {
			return usageError{err}
		}
	}
	v, err := bundle.Check(ctx, path, key)
	if errors.Is(err, bundle.ErrNotBundle) {
		return usageError{err}
	}
	if err != nil {
		fmt.Fprintf(a.out, "NOT SOUND  %s\n%s\n", path, err)
		a.code = 1
		return nil
	}
	fmt.Fprintf(a.out, "sound      %s\nfiles      %d as the manifest says, %d documents as their schemas say\n", path, v.Files, v.Schemas)
	if v.Bundles > 0 {
		fmt.Fprintf(a.out, "bundles    %d, each sound by itself\n", v.Bundles)
	}
	fmt.Fprintln(a.out, "signature  "+signedBy(v))
	return nil
}

// signedBy says whose signature was checked.
func signedBy(v *bundle.Verified) string {
	switch {
	case !v.Signed && v.Bundles > 0 && v.Trusted:
		return "of the whole: none; of each bundle: by the key that you named"
	case !v.Signed && v.Bundles > 0:
		return "of the whole: none; of each bundle: --key would say whose"
	case !v.Signed:
		return "none"
	case v.Trusted:
		return fmt.Sprintf("by the key that you named, %s: %s", v.KeyID, v.Result)
	}
	return fmt.Sprintf("by the key that lies in it, %s: %s. Whose key that is --key would say.", v.KeyID, v.Result)
}

func (a *app) bundleZipCmd() *cobra.Command {
	return &cobra.Command{
		Use: "zip DIR", Short: "pack it into a .zip beside it", Args: exactly(1, "one bundle's folder"),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.told(bundle.Zip(args[0]))
		},
	}
}

func (a *app) bundleSealCmd() *cobra.Command {
	var to []string
	c := &cobra.Command{
		Use: "seal DIR --to age1...", Short: "encrypt it to its receiver", Args: exactly(1, "one bundle's folder"),
		Long: "Writes DIR.zip.age, which only the holder of the age key can open. The unredacted record is in no\n" +
			"bundle: `run --seal-raw age1...` keeps it, encrypted from the first byte, in DIR.raw.age.",
		RunE: func(_ *cobra.Command, args []string) error {
			keys, err := bundle.Recipients(to)
			if err != nil {
				return usageError{err}
			}
			return a.told(bundle.Seal(args[0], keys))
		},
	}
	c.Flags().StringSliceVar(&to, "to", nil, "the receiver's age public key (age1...); several: each can open it")
	return c
}

func (a *app) bundleOpenCmd() *cobra.Command {
	var key, out string
	c := &cobra.Command{
		Use: "open FILE.age -i KEY", Short: "decrypt what was sealed to you", Args: exactly(1, "one sealed archive"),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := os.Open(key)
			if err != nil {
				return usageError{fmt.Errorf("-i names the file that age-keygen made: %w", err)}
			}
			defer f.Close()
			ids, err := age.ParseIdentities(f)
			if err != nil {
				return usageError{fmt.Errorf("%s holds no age key: %w", key, err)}
			}
			return a.told(bundle.Unseal(args[0], ids, out))
		},
	}
	c.Flags().StringVarP(&key, "identity", "i", "", "file with your age key (age-keygen makes one)")
	c.Flags().StringVarP(&out, "out", "o", ".", "folder in which it is opened")
	return c
}

// told prints the path of what was made, even where it was made in part.
func (a *app) told(path string, err error) error {
	if path != "" {
		fmt.Fprintln(a.out, path)
	}
	return err
}

package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"example.com/samepage/samlcheck/transcript"
)

// Recipients reads age public keys ("age1...").
func Recipients(keys []string) ([]age.Recipient, error) {
	var out []age.Recipient
	for _, k := range keys {
		r, err := age.ParseX25519Recipient(strings.TrimSpace(k))
		if err != nil {
			return nil, fmt.Errorf("bundle: %q is no age public key (age1...): `age-keygen` of the receiver prints it: %w", k, err)
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, errors.New("bundle: nobody to seal it to: give the receiver's age public key")
	}
	return out, nil
}

// Seal packs a bundle's folder and encrypts the archive to its receivers, in
// "<folder>.zip.age" beside it. Nothing unencrypted is left. The raw evidence of
// a run that kept it ("<folder>.raw.age") is encrypted already, and stays as it
// is: who runs the tool cannot read it either.
func Seal(dir string, to []age.Recipient) (string, error) {
	dir = filepath.Clean(dir)
	if err := Verify(dir); err != nil {
		return "", fmt.Errorf("bundle: only a whole bundle is sealed: %w", err)
	}
	names, err := filesIn(dir)
	if err != nil {
		return "", err
	}
	path := dir + ".zip.age"
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("bundle: the sealed archive cannot be made: %w", err)
	}
	w, err := age.Encrypt(f, to...)
	if err == nil {
		err = errors.Join(pack(w, os.DirFS(dir), filepath.Base(dir), names), w.Close())
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("bundle: %s cannot be written: %w", path, err), os.Remove(path))
	}
	return path, nil
}

// Unseal decrypts what Seal or a Raw wrote, into a folder, and returns the path
// of what came out: a bundle's folder, or a raw transcript. What is there
// already is not touched.
func Unseal(sealed string, ids []age.Identity, into string) (string, error) {
	f, err := os.Open(sealed)
	if err != nil {
		return "", fmt.Errorf("bundle: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	plain, err := age.Decrypt(f, ids...)
	if err != nil {
		return "", fmt.Errorf("bundle: %s cannot be opened with these keys: %w", sealed, err)
	}
	if err := os.MkdirAll(into, 0o700); err != nil {
		return "", fmt.Errorf("bundle: %w", err)
	}
	if strings.HasSuffix(sealed, rawEnding) {
		return openRaw(plain, filepath.Join(into, strings.TrimSuffix(filepath.Base(sealed), ".age")+".jsonl"))
	}
	raw, err := io.ReadAll(io.LimitReader(plain, maxTotal+1))
	if err != nil {
		return "", fmt.Errorf("bundle: %s is damaged: %w", sealed, err)
	}
	if len(raw) > maxTotal {
		return "", fmt.Errorf("bundle: %s unpacks to more than %d bytes", sealed, maxTotal)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", fmt.Errorf("bundle: %s holds no archive: %w", sealed, err)
	}
	return unpack(z, into)
}

// openRaw writes out as much of a raw transcript as is sound: one of a killed
// run ends within a block, and what is before it is worth reading.
func openRaw(plain io.Reader, path string) (string, error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("bundle: %w", err)
	}
	_, cut := io.Copy(out, plain)
	if err := errors.Join(out.Sync(), out.Close()); err != nil {
		return "", fmt.Errorf("bundle: %w", err)
	}
	if cut != nil {
		return path, fmt.Errorf("bundle: the raw evidence ends early (its run was cut short), %s has what there is: %w", path, cut)
	}
	return path, nil
}

const rawEnding = ".raw.age"

// Raw is the unredacted transcript of a run, which exists only encrypted: it is
// encrypted as it grows and never touches the disk in the clear.
type Raw struct {
	f file
	w io.WriteCloser
}

// Raw begins "<bundle>.raw.age" beside the bundle, encrypted to the receivers.
// It must be called before Begin.
func (w *Writer) Raw(to []age.Recipient) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	f, err := w.open(w.final + rawEnding)
	if err != nil {
		return w.fail(filepath.Base(w.final)+rawEnding, err)
	}
	enc, err := age.Encrypt(f, to...)
	if err != nil {
		return errors.Join(w.fail(filepath.Base(w.final)+rawEnding, err), f.Close())
	}
	w.raw = &Raw{f, enc}
	return nil
}

// line appends one line; nothing where no raw evidence is kept.
func (r *Raw) line(v any) error {
	if r == nil {
		return nil
	}
	b, err := json.Marshal(v)
	if err == nil {
		_, err = r.w.Write(append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("bundle: the raw evidence cannot be written: %w", err)
	}
	return nil
}

func (r *Raw) close() error {
	if r == nil {
		return nil
	}
	if err := errors.Join(r.w.Close(), r.f.Sync(), r.f.Close()); err != nil {
		return fmt.Errorf("bundle: the raw evidence cannot be written: %w", err)
	}
	return nil
}

func rawHeader(rec transcript.Record) header {
	return header{Schema: transcript.Schema, Face: rec.Face, Browser: rec.Browser, Run: rec.RunID, People: rec.People}
}

package bundle

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Limits of an archive that somebody sent: what a bundle of this tool never
// reaches, and what a machine bears.
const (
	maxFiles = 50_000
	maxFile  = 512 << 20 // bytes, unpacked
	maxTotal = 2 << 30   // bytes, unpacked
)

// source opens a bundle's files: those of a folder, or of a .zip of one. The
// caller closes it.
func source(at string) (fs.FS, io.Closer, error) {
	info, err := os.Stat(at)
	if err != nil {
		return nil, nil, fmt.Errorf("%w at %s: %w", ErrNotBundle, at, err)
	}
	if info.IsDir() {
		return os.DirFS(at), io.NopCloser(nil), nil
	}
	z, err := zip.OpenReader(at)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %s is neither a folder nor a .zip: %w", ErrNotBundle, at, err)
	}
	root, err := vetted(z.File)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("bundle: %s is refused: %w", at, err), z.Close())
	}
	sub, err := fs.Sub(z, root)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("bundle: %s: %w", at, err), z.Close())
	}
	return sub, z, nil
}

// vetted looks at an archive's table before anything is unpacked, and returns
// the one folder that everything lies in ("." for none). The sizes that it
// believes are held to by package zip, which stops reading where they end.
func vetted(files []*zip.File) (root string, err error) {
	if len(files) > maxFiles {
		return "", fmt.Errorf("it has %d files", len(files))
	}
	var total uint64
	seen := map[string]bool{}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name, "/")
		switch {
		case !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") || name == ".":
			return "", fmt.Errorf("%q is no name for a file below a folder", f.Name)
		case seen[name]:
			return "", fmt.Errorf("%q is there twice", f.Name)
		case !f.Mode().IsRegular() && !f.Mode().IsDir():
			return "", fmt.Errorf("%q is neither a file nor a folder", f.Name)
		case f.UncompressedSize64 > maxFile:
			return "", fmt.Errorf("%q has %d bytes, more than the %d that are read", f.Name, f.UncompressedSize64, maxFile)
		}
		seen[name] = true
		if total += f.UncompressedSize64; total > maxTotal {
			return "", fmt.Errorf("it unpacks to more than %d bytes", maxTotal)
		}
	}
	for _, f := range files {
		if dir, base := path.Split(f.Name); (base == "transcript.jsonl" || base == indexFile) && strings.Count(dir, "/") <= 1 {
			return path.Clean("./" + dir), nil
		}
	}
	return "", fmt.Errorf("%w: no transcript.jsonl in it", ErrNotBundle)
}

// list lists the files of a source, sorted, with slashes.
func list(fsys fs.FS) ([]string, error) {
	var out []string
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			return fmt.Errorf("%s is neither a file nor a folder", p)
		}
		out = append(out, p)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	slices.Sort(out)
	return out, nil
}

// Zip packs a bundle's folder into "<folder>.zip" beside it and returns its
// path. The archive holds the one folder; equal bundles make equal archives. A
// .zip that is there already is not touched.
func Zip(dir string) (string, error) {
	dir = filepath.Clean(dir)
	names, err := filesIn(dir)
	if err != nil {
		return "", err
	}
	to := dir + ".zip"
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("bundle: the archive cannot be made: %w", err)
	}
	err = pack(f, os.DirFS(dir), filepath.Base(dir), names)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("bundle: %s cannot be written: %w", to, err), os.Remove(to))
	}
	return to, nil
}

func pack(w io.Writer, fsys fs.FS, root string, names []string) error {
	z := zip.NewWriter(w)
	for _, name := range names {
		in, err := fsys.Open(name)
		if err != nil {
			return err
		}
		out, err := z.CreateHeader(&zip.FileHeader{Name: root + "/" + name, Method: zip.Deflate})
		if err == nil {
			_, err = io.Copy(out, in)
		}
		if err = errors.Join(err, in.Close()); err != nil {
			return err
		}
	}
	return z.Close()
}

// unpack writes an archive's files below a folder that it makes; one that is
// there already is refused.
func unpack(z *zip.Reader, parent string) (string, error) {
	root, err := vetted(z.File)
	if err != nil {
		return "", fmt.Errorf("bundle: the archive is refused: %w", err)
	}
	if root == "." {
		return "", errors.New("bundle: the archive is refused: its files lie in no folder")
	}
	dir := filepath.Join(parent, root)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", fmt.Errorf("bundle: it cannot be unpacked: %w", err)
	}
	sub, err := fs.Sub(z, root)
	if err == nil {
		err = os.CopyFS(dir, sub)
	}
	if err != nil {
		return "", fmt.Errorf("bundle: it cannot be unpacked: %w", err)
	}
	return dir, nil
}

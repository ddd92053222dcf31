package runlog

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// Verified is what became of holding a log against its archive.
type Verified struct {
	Log
	Unseen []string // files of the archive that no entry names: the next run will
	Files  int      // that are what their entries say
}

// Verify reads a log and adds to its faults every file of the archive in dir that is
// not what its entry says. files are all there are.
func Verify(path, dir string, files []string) (Verified, error) {
	l, err := Read(path)
	if err != nil {
		return Verified{}, err
	}
	v, named := Verified{Log: l}, map[string]bool{}
	for n, line := range v.Lines {
		for _, want := range line.Files {
			if named[want.Name] {
				v.Faults = append(v.Faults, Fault{n + 1, fmt.Sprintf("%q is named by two entries", want.Name)})
			}
			named[want.Name] = true
			if fault := want.fault(dir); fault != "" {
				v.Faults = append(v.Faults, Fault{n + 1, fault})
				continue
			}
			v.Files++
		}
	}
	v.Unseen = slices.DeleteFunc(slices.Clone(files), func(name string) bool { return named[name] })
	return v, nil
}

// fault says what is wrong with a file; "" where nothing is.
func (f File) fault(dir string) string {
	have, err := Hash(dir, f.Name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f.Name + " is missing"
	case err != nil:
		return err.Error()
	case have != f:
		return fmt.Sprintf("%s has %d bytes and the SHA-256 %s; it had %d bytes and %s", f.Name, have.Bytes, have.SHA256, f.Bytes, f.SHA256)
	}
	return ""
}

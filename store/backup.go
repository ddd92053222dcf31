package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Backup copies the database as it stands into the folder backups beside it,
// checks the copy, names it by the time and then removes all but the keep newest,
// at least one. Nothing is removed that is not named as a backup is. It can be
// called while others write: where another process holds the database, that one
// makes the copy, and where that does not answer it is [ErrHeld]. It returns the path
// of the copy.
func (s *Store) Backup(ctx context.Context, keep int) (path string, err error) {
	if s.owner != nil {
		return s.owner.backup(ctx, keep)
	}
	if taken, is := s.Snapshot(); is {
		return "", fmt.Errorf("back up %s: %w, and who holds it does not answer: the newest that can be read is the backup of %s", s.path, ErrHeld, taken.UTC().Format(time.RFC3339))
	}
	path = filepath.Join(filepath.Dir(s.path), backupDir, backupPrefix+s.options.Now().UTC().Format(backupTime)+backupSuffix)
	if err := s.copyTo(ctx, path, sound); err != nil {
		return "", fmt.Errorf("back up %s: %w", s.path, err)
	}
	return path, prune(s.path, keep)
}

// sound opens a copy and checks it.
func sound(ctx context.Context, path string) error {
	s, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	return errors.Join(s.Check(), s.Close())
}

// prune removes the oldest backups of a database.
func prune(database string, keep int) error {
	all := Backups(database)
	for _, old := range all[:max(0, len(all)-max(1, keep))] {
		if err := os.Remove(old.Path); err != nil {
			return err
		}
	}
	return nil
}

// BackupFile is a backup that lies beside a database.
type BackupFile struct {
	Path  string
	Taken time.Time
}

// Backups returns the backups of the database at path, the oldest first.
func Backups(path string) []BackupFile {
	names, _ := filepath.Glob(filepath.Join(filepath.Dir(path), backupDir, backupPrefix+"*"+backupSuffix)) // the pattern is sound
	slices.Sort(names)
	var all []BackupFile
	for _, name := range names {
		text := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), backupPrefix), backupSuffix)
		if at, err := time.Parse(backupTime, text); err == nil {
			all = append(all, BackupFile{name, at})
		}
	}
	return all
}

// backup has the owner make one.
func (o *owner) backup(ctx context.Context, keep int) (string, error) {
	response, err := o.open(ctx, backupPath, url.Values{"keep": {strconv.Itoa(keep)}}, nil)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	path, _, err := readFrame(bufio.NewReader(response.Body))
	return string(path), err
}

func (a *answerer) backup(w http.ResponseWriter, r *http.Request) {
	keep, err := strconv.Atoi(r.URL.Query().Get("keep"))
	if err != nil || r.Method != http.MethodPost {
		http.Error(w, "want POST and keep=N", http.StatusBadRequest)
		return
	}
	_ = http.NewResponseController(w).Flush() // it takes a while
	path, err := a.store.Backup(r.Context(), keep)
	if err != nil {
		_, _ = w.Write(appendFrame(nil, frameError, []byte(err.Error())))
		return
	}
	_, _ = w.Write(appendFrame(nil, frameRow, []byte(path)))
}

// Restore puts a backup in the place of the database at path. The backup is
// checked first; the file that was there is moved aside, by the name returned, and
// not removed. A process that holds it is not disturbed: [ErrHeld].
func Restore(ctx context.Context, path, from string, now time.Time) (aside string, err error) {
	if err := sound(ctx, from); err != nil {
		return "", fmt.Errorf("restore %s: %w", from, err)
	}
	held, err := Open(ctx, path, Options{})
	switch {
	case errors.Is(err, ErrHeld):
		return "", err
	case err == nil:
		defer func() { err = errors.Join(err, held.Close()) }()
	}
	backup, err := Open(ctx, from, Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, backup.Close()) }()
	fresh := path + ".restoring"
	if err := backup.copyTo(ctx, fresh, sound); err != nil {
		return "", err
	}
	return Replace(path, fresh, "restore", now)
}

// Replace puts a whole new database in the place of the one at path, which is kept
// under the name returned: it says before what, and when.
func Replace(path, fresh, before string, now time.Time) (aside string, err error) {
	if _, err := os.Stat(path); err == nil {
		aside = path + ".before-" + before + "-" + now.UTC().Format(backupTime)
		if err := os.Rename(path, aside); err != nil {
			return "", err
		}
	}
	return aside, errors.Join(os.Rename(fresh, path), syncDir(filepath.Dir(path)))
}

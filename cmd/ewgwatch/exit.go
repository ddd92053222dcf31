package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"ewgwatch/store"
)

// Exit codes, documented in the README and stable.
const (
	exitOK        = 0
	exitFailed    = 1
	exitUsage     = 2  // the command line is wrong
	exitPartial   = 3  // some sources were not read, alerts wait, the run was stopped, or analysts differ
	exitTemporary = 75 // another process holds the database: try again
	exitConfig    = 78 // seeds.txt is wrong
)

// coded is an error that knows its exit code.
type coded struct {
	error
	code int
}

func (c coded) Unwrap() error { return c.error }

func usage(err error) error  { return coded{err, exitUsage} }
func config(err error) error { return coded{err, exitConfig} }

// errPartial ends a run that was reported already and needs no more words.
var errPartial = coded{errors.New("some sources were not read"), exitPartial}

// exit prints an error for a person and returns the exit code.
func (a *app) exit(err error) int {
	code := codeOf(err)
	if err == nil || errors.Is(err, errPartial) {
		return code
	}
	fmt.Fprintf(a.errOut, "ewgwatch: %s\n", strings.TrimSpace(err.Error()))
	if hint := hintOf(err, code); hint != "" {
		fmt.Fprintln(a.errOut, hint)
	}
	return code
}

func codeOf(err error) int {
	var c coded
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &c):
		return c.code
	case errors.Is(err, store.ErrHeld):
		return exitTemporary
	case errors.Is(err, context.Canceled):
		return exitPartial
	case strings.HasPrefix(err.Error(), "unknown command") || strings.HasPrefix(err.Error(), "unknown flag") || strings.Contains(err.Error(), "arg(s)"):
		return exitUsage // cobra has no sentinel for these
	}
	return exitFailed
}

// hintOf says what to do about an error, where that helps.
func hintOf(err error, code int) string {
	switch {
	case code == exitUsage:
		return "Run it with --help for examples."
	case errors.Is(err, store.ErrHeld):
		return "A crawl or ewgwatch serve is running on this folder; try again when it has ended."
	case errors.Is(err, store.ErrDamaged):
		return "The file was left as it is. ewgwatch restore puts the newest backup in its place, ewgwatch rebuild makes it anew from the archive; docs/recovery.md leads through it."
	case errors.Is(err, fs.ErrNotExist) && strings.Contains(err.Error(), "findings.db"):
		return "Nothing was crawled into this folder yet: run ewgwatch crawl first, or name the folder with --data."
	}
	return ""
}

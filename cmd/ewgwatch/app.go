package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/lmittmann/tint"
	"golang.org/x/term"
)

// app is what all commands share: where they write and the global flags.
type app struct {
	out, errOut io.Writer
	dataDir     string
	quiet       bool
	logFormat   string
	log         *slog.Logger
}

// versionStamp is set by the release build: -ldflags "-X main.versionStamp=1.2.3".
var versionStamp = ""

func version() string {
	if versionStamp != "" {
		return versionStamp
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "dev"
}

// startLogging makes the logger: coloured lines on a terminal, JSON elsewhere,
// to standard error.
func (a *app) startLogging() error {
	level := slog.LevelInfo
	if a.quiet {
		level = slog.LevelError
	}
	format := a.logFormat
	if format == "auto" {
		format = "json"
		if isTerminal(a.errOut) {
			format = "text"
		}
	}
	switch format {
	case "text":
		a.log = slog.New(tint.NewTextHandler(a.errOut, &tint.Options{Level: level, TimeFormat: time.TimeOnly, NoColor: !colour(a.errOut)}))
	case "json":
		a.log = slog.New(slog.NewJSONHandler(a.errOut, &slog.HandlerOptions{Level: level}))
	default:
		return usage(fmt.Errorf("--log-format: want auto, text or json, have %q", a.logFormat))
	}
	return nil
}

func isTerminal(w io.Writer) bool {
	file, ok := fileOf(w)
	return ok && term.IsTerminal(int(file.Fd()))
}

// colour follows https://no-color.org.
func colour(w io.Writer) bool { return isTerminal(w) && os.Getenv("NO_COLOR") == "" }

// columns returns the width of a terminal, 80 where there is none.
func columns(w io.Writer) int {
	if file, ok := fileOf(w); ok {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return 80
}

// folder is a data folder; the README says what lies in it.
type folder string

func (f folder) database() string { return filepath.Join(string(f), "findings.db") }
func (f folder) archive() string  { return filepath.Join(string(f), "archive") }

// data returns the data folder: --data, else $EWGWATCH_DATA, else the user's
// data directory.
func (a *app) data() (folder, error) {
	if a.dataDir != "" {
		return folder(a.dataDir), nil
	}
	if dir := os.Getenv("EWGWATCH_DATA"); dir != "" {
		return folder(dir), nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return folder(filepath.Join(dir, "ewgwatch")), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", usage(errors.New("want --data DIR: neither $EWGWATCH_DATA nor a home folder is set"))
	}
	return folder(filepath.Join(home, ".local", "share", "ewgwatch")), nil
}

// Package feed adds messages to feeds that lie in a folder: the same items as Atom
// (RFC 4287) and as JSON Feed 1.1. A message that is there already changes nothing.
//
// A channel names its feed by a path, whose last element is the name of the files:
// "feeds/kh" is feeds/kh.atom and feeds/kh.json, and "feeds/" feeds/ewgwatch.atom
// and feeds/ewgwatch.json. A relative one lies in the folder of the feeds and cannot
// leave it.
package feed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send"
)

const (
	kept    = 200      // newest items of a feed
	maxFeed = 64 << 20 // bytes of a feed that is read back
	unnamed = "ewgwatch"
)

// Options say where feeds lie and what they are called.
type Options struct {
	Folder    string // that relative paths start from
	Authority string // of the tag: URIs that name items and feeds (RFC 4151): a domain of the operator's; "ewgwatch.invalid" if ""
	Site      string // URL of the folder, for links of feeds to themselves; "" for none
}

// Open returns what opens feeds. Whatever they are called, one is written at a
// time.
func Open(o Options) send.Opener {
	if o.Authority == "" {
		o.Authority = "ewgwatch.invalid"
	}
	turn := &sync.Mutex{}
	return func(channel ewgwatch.Channel) (send.Sender, error) {
		folder, name := filepath.Split(filepath.FromSlash(strings.TrimPrefix(channel.To, "feed:")))
		if name == "" {
			name = unnamed
		}
		if name == "." || name == ".." {
			return nil, fmt.Errorf("want a path of a feed, have %q", channel.To)
		}
		root, err := open(o.Folder, folder)
		if err != nil {
			return nil, err
		}
		o := o
		if filepath.IsAbs(folder) {
			o.Site, folder = "", "" // it lies elsewhere
		}
		place := url.URL{Path: path.Join(filepath.ToSlash(folder), name)}
		return &sender{root: root, name: name, place: place.EscapedPath(), o: o, turn: turn}, nil
	}
}

// open opens the folder of a feed, made where it is missing. A relative one is
// held within the folder of the feeds, symbolic links and all.
func open(feeds, folder string) (*os.Root, error) {
	if filepath.IsAbs(folder) {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, err
		}
		return os.OpenRoot(folder)
	}
	folder = filepath.Clean(folder)
	if !filepath.IsLocal(folder) {
		return nil, fmt.Errorf("want a feed within the folder of the feeds, have %q", folder)
	}
	root, err := os.OpenRoot(feeds)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if err := root.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	return root.OpenRoot(folder)
}

type sender struct {
	root  *os.Root
	name  string
	place string // the path of the feed below the folder of the feeds, escaped and without an ending
	o     Options
	turn  *sync.Mutex
}

// Send adds one message to the feed.
func (s *sender) Send(_ context.Context, d send.Delivery) (send.Answer, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	items, told, err := s.read(d.Alert.MadeAt)
	if err != nil {
		return send.Answer{}, err
	}
	items = add(items, newItem(d, s.o.Authority))
	if err := s.write(items); err != nil {
		return send.Answer{}, err
	}
	return send.Answer{Response: strings.TrimSpace("written " + told), Text: d.Message.Text}, nil
}

// Close lets go of the folder.
func (s *sender) Close() error { return s.root.Close() }

// read returns the items that the feed holds. One that cannot be read is moved
// aside, which is told.
func (s *sender) read(at time.Time) (items []item, told string, err error) {
	text, err := s.load(s.name + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	items, err = parse(text)
	if err == nil {
		return items, "", nil
	}
	aside := fmt.Sprintf("%s.json.damaged-%s", s.name, at.UTC().Format("20060102T150405"))
	if err := s.root.Rename(s.name+".json", aside); err != nil {
		return nil, "", err
	}
	return nil, fmt.Sprintf("anew: what was there is no JSON Feed (%v), and kept as %s", err, aside), nil
}

func (s *sender) load(name string) ([]byte, error) {
	file, err := s.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxFeed+1))
	if err == nil && len(text) > maxFeed {
		err = fmt.Errorf("%s: want a feed of at most %d bytes", name, maxFeed)
	}
	return text, err
}

// write writes both feeds, the one that is read back first. A kill in between is
// made good by the next attempt.
func (s *sender) write(items []item) error {
	inJSON, err := s.json(items)
	if err != nil {
		return err
	}
	inAtom, err := s.atom(items)
	if err != nil {
		return err
	}
	return errors.Join(s.replace(s.name+".json", inJSON), s.replace(s.name+".atom", inAtom))
}

// replace writes a file whole or not at all. One that holds the text already is
// left alone, so that readers who ask by its time get no news.
func (s *sender) replace(name string, text []byte) error {
	if old, err := s.load(name); err == nil && bytes.Equal(old, text) {
		return nil
	}
	fresh := "." + name + ".new"
	if err := s.save(fresh, text); err != nil {
		return err
	}
	if err := s.root.Rename(fresh, name); err != nil {
		return err
	}
	folder, err := s.root.Open(".")
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

func (s *sender) save(name string, text []byte) error {
	file, err := s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	if _, err := file.Write(text); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := file.Sync(); err != nil {
		return errors.Join(err, file.Close())
	}
	return file.Close()
}

package wire

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed wires.tsv forms.tsv
var files embed.FS

// Data is the embedded files, for a hash over the rules in force.
func Data() fs.FS { return files }

// agency is a line of wires.tsv.
type agency struct {
	code, name string
	hosts      []string
	names      []written
	also       []string // words by which a doubtful name is another's, and codes of states where it is
}

// written is one way an agency is named.
type written struct {
	text  string
	doubt doubt
}

// doubt says where a name may be trusted.
type doubt byte

const (
	sure   doubt = 0
	shared doubt = '?' // somebody else's as well
	common doubt = '!' // a word like any other
)

// agencies reads the file beside this one, which a test checks; a mistake in it
// cannot reach a user, so it panics.
var agencies = sync.OnceValue(func() []agency {
	text, err := files.ReadFile("wires.tsv")
	if err != nil {
		panic(err)
	}
	all, err := parseAgencies(string(text))
	if err != nil {
		panic(err)
	}
	return all
})

func parseAgencies(text string) ([]agency, error) {
	var all []agency
	codes, names := map[string]bool{}, map[string]bool{}
	for number, line := range lines(text) {
		f := strings.Split(line, "\t")
		if len(f) != 5 || slices.Contains(f, "") {
			return nil, fmt.Errorf("wires.tsv:%d: want code, name, hosts, names and what else they are, have %q", number, line)
		}
		a := agency{code: f[0], name: f[1], hosts: strings.Fields(strings.TrimPrefix(f[2], "-")), also: fields(f[4])}
		if codes[a.code] {
			return nil, fmt.Errorf("wires.tsv:%d: %s stands twice", number, a.code)
		}
		codes[a.code] = true
		for _, name := range fields(f[3]) {
			w := written{text: strings.TrimRight(name, "?!")}
			if w.text == "" || names[w.text] {
				return nil, fmt.Errorf("wires.tsv:%d: want every name once, have %q", number, name)
			}
			if w.text != name {
				w.doubt = doubt(name[len(name)-1])
			}
			names[w.text] = true
			a.names = append(a.names, w)
		}
		all = append(all, a)
	}
	return all, nil
}

func fields(list string) []string {
	if list == "-" {
		return nil
	}
	return strings.Split(list, "|")
}

// lines yields the lines of a data file that say something, by their numbers from
// 1: no comment, and not the one that names the columns.
func lines(text string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		named := false
		number := 0
		for line := range strings.Lines(text) {
			number++
			line = strings.TrimRight(line, "\r\n")
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if named && !yield(number, line) {
				return
			}
			named = true
		}
	}
}

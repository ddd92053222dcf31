package extract

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

func TestEveryDataFileCountsAsARule(t *testing.T) {
	files := 0
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && entry.Name() == "testdata" {
			return fs.SkipDir
		}
		pkg, inside, ok := strings.Cut(name, "/")
		if ext := path.Ext(name); !ok || ext != ".txt" && ext != ".tsv" {
			return nil
		}
		files++
		if data := ruleFiles()[pkg]; data == nil {
			t.Errorf("%s: the data of package %s is no part of Rules", name, pkg)
		} else if _, err := fs.Stat(data, inside); err != nil {
			t.Errorf("%s is no part of Rules: %v", name, err)
		}
		return nil
	})
	if err != nil || files < 50 {
		t.Errorf("%d data files, %v", files, err)
	}
}

func TestRulesTellFilesApart(t *testing.T) {
	seen := map[string]string{}
	for name, files := range map[string]fstest.MapFS{
		"one":     {"a": {Data: []byte("xy")}},
		"renamed": {"b": {Data: []byte("xy")}},
		"edited":  {"a": {Data: []byte("xz")}},
		"parted":  {"a": {Data: []byte("x")}, "b": {Data: []byte("y")}},
	} {
		var b bytes.Buffer
		if err := writeFiles(&b, files); err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[b.String()]; ok {
			t.Errorf("%s and %s count as the same rules", name, other)
		}
		seen[b.String()] = name
	}
}

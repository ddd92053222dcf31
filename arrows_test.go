package ewgwatch_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestTheTreeKeepsItsShape holds the arrows of doc.go: who may import whom, and
// what each package may know of the outside.
func TestTheTreeKeepsItsShape(t *testing.T) {
	files := 0
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || len(name) > 1 && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		for _, fault := range faults(t, name, string(text)) {
			t.Errorf("%s: %s", name, fault)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("looked at %d files: that is not the whole tree", files)
	}
}

func TestWhatBreaksTheShapeIsNamed(t *testing.T) {
	const pre = "package p\n"
	for _, c := range []struct{ file, text, want string }{
		{"page.go", pre + `import "golang.org/x/text/width"`, "the root imports golang.org/x/text/width"},
		{"page.go", pre + `import "ewgwatch/store"`, "the root imports ewgwatch/store"},
		{"page_test.go", pre + `import "ewgwatch/store"`, "the root's tests import ewgwatch/store"},
		{"store/put.go", pre + `import "ewgwatch/extract"`, "store imports ewgwatch/extract"},
		{"store/put_test.go", pre + `import "ewgwatch/extract/lang"`, "store imports ewgwatch/extract/lang"},
		{"extract/lang/tell.go", pre + `import "ewgwatch/ledger"`, "extract imports ewgwatch/ledger"},
		{"crawler/tour.go", pre + `import "ewgwatch/internal/newsworld"`, "crawler imports ewgwatch/internal/newsworld"},
		{"ledger/cell.go", pre + `import "ewgwatch/cmd/ewgwatch"`, "ledger imports ewgwatch/cmd/ewgwatch"},
		{"web/page.go", pre + `import "ewgwatch/store"`, "web imports ewgwatch/store"},
		{"internal/plain/line.go", pre + `import "ewgwatch/export"`, "internal/plain imports ewgwatch/export"},
		{"cmd/other/main.go", pre + `import "ewgwatch/export"`, "cmd/other imports ewgwatch/export"},
		{"extract/find.go", pre + `import "github.com/gocolly/colly/v2"`, "colly belongs into crawler or bench"},
		{"export/csv.go", pre + `import "github.com/chromedp/cdproto/page"`, "chromedp belongs into crawler"},
		{"export/csv.go", pre + `import "github.com/PuerkitoBio/goquery"`, "goquery belongs into extract or crawler or bench"},
		{"cmd/ewgwatch/night.go", pre + `import "go.etcd.io/bbolt/errors"`, "bbolt belongs into store or bench"},
		{"cmd/ewgwatch/night.go", pre + `import "github.com/wneessen/go-mail/auth"`, "go-mail belongs into alert"},
		{"export/a.go", pre + `import "github.com/nicholas-fedor/shoutrrr/pkg/router"`, "shoutrrr belongs into alert"},
		{"store/a.go", pre + "import bolt \"go.etcd.io/bbolt\"\nfunc (s *Store) Raw() *bolt.DB { return nil }", "Raw has bolt.DB in its signature"},
		{"store/a.go", pre + "import \"go.etcd.io/bbolt\"\ntype Store struct { DB *bbolt.DB }", "Store has bbolt.DB in its signature"},
		{"store/a.go", pre + "import \"go.etcd.io/bbolt\"\ntype Store struct { *bbolt.DB }", "Store has bbolt.DB in its signature"},
		{"store/a.go", pre + "import \"go.etcd.io/bbolt\"\ntype Reader interface { View(func(*bbolt.Tx) error) }", "Reader has bbolt.Tx in its signature"},
		{"crawler/a.go", pre + "import \"github.com/gocolly/colly/v2\"\ntype Visits = map[string][]colly.Request", "Visits has colly.Request in its signature"},
		{"crawler/a.go", pre + "import \"github.com/gocolly/colly/v2\"\nvar Default = colly.NewCollector()", "Default has colly.NewCollector in its signature"},
		{"extract/a.go", pre + `import "os"`, "extract is pure and imports os"},
		{"extract/dates/a.go", pre + `import "net/http"`, "extract is pure and imports net/http"},
		{"alert/a.go", pre + `import "net/smtp"`, "alert is pure and imports net/smtp"},
		{"alert/a.go", pre + `import "ewgwatch/alert/send"`, "alert is pure and imports ewgwatch/alert/send"},
		{"alert/message/html.go", pre + `import "net/http"`, "alert is pure and imports net/http"},
		{"alert/message/a.go", pre + `import "ewgwatch/alert/send/secret"`, "alert is pure and imports ewgwatch/alert/send/secret"},
		{"alert/send/a.go", pre + `import "ewgwatch/store"`, "alert imports ewgwatch/store"},
		{"ledger/a.go", pre + `import "math/rand/v2"`, "ledger is pure and imports math/rand/v2"},
		{"extract/a.go", pre + "import \"time\"\nvar now = time.Now", "takes the time from the clock: time.Now"},
		{"export/a.go", pre + "import \"time\"\nfunc f() { _ = time.Since(t) }", "takes the time from the clock: time.Since"},
		{"store/a.go", pre + "import \"time\"\nfunc f() { stamp(time.Now()) }", "takes the time from the clock: time.Now"},
		{"crawler/helpers.go", pre, "helpers.go names no noun"},
		{"extract/types_test.go", pre, "types_test.go names no noun"},
	} {
		if got := faults(t, c.file, c.text); len(got) != 1 || !strings.Contains(got[0], c.want) {
			t.Errorf("%s with %q: faults %q, want one: %s", c.file, c.text, got, c.want)
		}
	}
}

func TestWhatKeepsTheShapeIsLeftAlone(t *testing.T) {
	const pre = "package p\n"
	for file, text := range map[string]string{
		"page.go":               pre + "import (\n\"net/http\"\n\"time\"\n)\nvar h http.Header",
		"word_test.go":          pre + "import (\n\"ewgwatch\"\n\"pgregory.net/rapid\"\n)",
		"store/put.go":          pre + "import (\n\"ewgwatch\"\n\"ewgwatch/internal/plain\"\n\"go.etcd.io/bbolt\"\n)\nfunc (s *store) Raw() *bbolt.DB { return nil }",
		"store/options.go":      pre + "import \"time\"\nfunc f(o Options) { o.Now = time.Now }",
		"store/store.go":        pre + "import bolt \"go.etcd.io/bbolt\"\ntype Store struct { db *bolt.DB }",
		"extract/find.go":       pre + "import (\n\"ewgwatch/extract/lang\"\n\"net/url\"\n\"github.com/PuerkitoBio/goquery\"\n)\nfunc read(d *goquery.Document) {}",
		"extract/find_test.go":  pre + "import (\n\"os\"\n\"time\"\n\"ewgwatch/internal/newsworld\"\n)\nvar now = time.Now()",
		"cmd/ewgwatch/night.go": pre + "import (\n\"ewgwatch/store\"\n\"ewgwatch/crawler\"\n\"time\"\n)\nvar now = time.Now()",
		"extract/model.go":      pre,
		"alert/send/mail.go":    pre + "import (\n\"ewgwatch/alert\"\n\"net/smtp\"\n)",
	} {
		if got := faults(t, file, text); len(got) > 0 {
			t.Errorf("%s with %q: faults %q", file, text, got)
		}
	}
}

// goFile is one file of the tree, parsed.
type goFile struct {
	name, dir string // with slashes; dir is "." for the root
	stage     string // the folder of the tree it lies in; "" for the root, cmd and internal
	test      bool
	tree      *ast.File
	imports   map[string]string // paths by the name the file uses
}

func faults(t *testing.T, name, text string) (all []string) {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	f := goFile{name: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go"), tree: tree, imports: map[string]string{}}
	if top, _, below := strings.Cut(name, "/"); below && top != "cmd" && top != "internal" {
		f.stage = top
	}
	for _, spec := range tree.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		f.imports[localName(spec, imported)] = imported
	}
	for _, rule := range []func(goFile) []string{bagNames, arrows, fences, fencedSignatures, purity, clocks} {
		all = append(all, rule(f)...)
	}
	return all
}

var major = regexp.MustCompile(`/v[0-9]+$`)

func localName(spec *ast.ImportSpec, imported string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return path.Base(major.ReplaceAllString(imported, ""))
}

var bags = regexp.MustCompile(`^(types|helpers?|utils?|common|misc|models|interfaces|errors|constants)(_test)?\.go$`)

// bagNames finds files that are named for what they hold, not for a noun.
func bagNames(f goFile) []string {
	if base := path.Base(f.name); bags.MatchString(base) {
		return []string{base + " names no noun and no job"}
	}
	return nil
}

// arrows finds imports that run against the flow: stages know the root, the
// command knows the stages, measurements know what they measure and its peers,
// and nobody else knows anybody.
func arrows(f goFile) (found []string) {
	who := f.dir
	switch {
	case f.dir == "." && f.test:
		who = "the root's tests import"
	case f.dir == ".":
		who = "the root imports"
	case f.stage != "":
		who = f.stage + " imports"
	default:
		who += " imports"
	}
	for _, imported := range f.imports {
		if !f.mayImport(imported) {
			found = append(found, who+" "+imported)
		}
	}
	return found
}

func (f goFile) mayImport(imported string) bool {
	own := imported == "ewgwatch" || strings.HasPrefix(imported, "ewgwatch/")
	switch {
	case f.dir == "." && !f.test:
		return !own && !strings.Contains(imported, ".")
	case !own, imported == "ewgwatch", f.dir == "cmd/ewgwatch", f.stage == "bench":
		return true
	case f.stage != "":
		return within(imported, "ewgwatch/"+f.stage) || imported == "ewgwatch/internal/plain" ||
			f.test && imported == "ewgwatch/internal/newsworld"
	}
	return within(imported, "ewgwatch/"+f.dir)
}

func within(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

// fence says where alone a module may be known.
type fence struct {
	module, name string
	stages       []string
}

func fenced(imported string) (fence, bool) {
	for _, at := range []fence{
		{"github.com/gocolly/colly", "colly", []string{"crawler", "bench"}},
		{"github.com/chromedp", "chromedp", []string{"crawler"}},
		{"github.com/PuerkitoBio/goquery", "goquery", []string{"extract", "crawler", "bench"}},
		{"go.etcd.io/bbolt", "bbolt", []string{"store", "bench"}},
		{"github.com/xuri/excelize", "excelize", []string{"export"}},
		{"github.com/wneessen/go-mail", "go-mail", []string{"alert"}},
		{"github.com/nicholas-fedor/shoutrrr", "shoutrrr", []string{"alert"}},
	} {
		if within(imported, at.module) {
			return at, true
		}
	}
	return fence{}, false
}

func fences(f goFile) (found []string) {
	for _, imported := range f.imports {
		if at, is := fenced(imported); is && !slices.Contains(at.stages, f.stage) {
			found = append(found, fmt.Sprintf("%s belongs into %s", at.name, strings.Join(at.stages, " or ")))
		}
	}
	return found
}

// purity finds imports by which a stage that must give the same for the same
// bytes could reach the outside. The address types of net/url do no harm. Of alert
// what decides and what words its messages is pure; alert/send alone reaches out.
func purity(f goFile) (found []string) {
	pure := f.stage == "extract" || f.stage == "ledger" || f.stage == "alert" && !within(f.dir, "alert/send")
	if f.test || !pure {
		return nil
	}
	for _, imported := range f.imports {
		outside := within(imported, "os") || within(imported, "net") || imported == "syscall" || within(imported, "math/rand") || imported == "crypto/rand" ||
			within(imported, "ewgwatch/alert/send")
		if outside && imported != "net/url" {
			found = append(found, fmt.Sprintf("%s is pure and imports %s", f.stage, imported))
		}
	}
	return found
}

// stopwatches measure pauses and deadlines with the monotonic clock. Nothing
// that is kept takes its time from them.
var stopwatches = []string{"crawler/backoff.go", "crawler/lane.go", "crawler/crawler.go", "crawler/drip.go", "crawler/progress.go", "crawler/tour.go", "store/lock.go", "internal/newsworld/host.go"}

// clocks finds readings of the clock outside of the command. Crawler, store
// and archive may name time.Now as a default, but not call it.
func clocks(f goFile) (found []string) {
	if f.test || f.dir == "cmd/ewgwatch" || f.stage == "bench" || slices.Contains(stopwatches, f.name) {
		return nil
	}
	defaults := slices.Contains([]string{"crawler", "store", "archive"}, f.stage)
	called := map[ast.Node]bool{}
	ast.Inspect(f.tree, func(node ast.Node) bool {
		if call, is := node.(*ast.CallExpr); is {
			called[call.Fun] = true
		}
		name, is := f.imported(node, "time")
		if is && slices.Contains([]string{"Now", "Since", "Until"}, name) && (called[node] || !defaults) {
			found = append(found, "takes the time from the clock: time."+name)
		}
		return true
	})
	return found
}

// imported returns the name that a node takes out of a package.
func (f goFile) imported(node ast.Node, from string) (string, bool) {
	selector, is := node.(*ast.SelectorExpr)
	if !is {
		return "", false
	}
	at, is := selector.X.(*ast.Ident)
	return selector.Sel.Name, is && f.imports[at.Name] == from
}

package archive

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ewgwatch"
)

// several is a whole file of n exchanges, its name, and the archive's folder.
func several(t *testing.T, n int) (dir, name string, captures []ewgwatch.Capture) {
	t.Helper()
	a := open(t, fixed())
	for i := range n {
		captures = append(captures, record(t, a, page(strings.Repeat("statement ", 40)+string(rune('a'+i)))))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return a.dir, captures[0].File, captures
}

// survey collects what Records yields, and the damage it tells of.
func survey(b []byte) (whole []Record, damage []Record, err error) {
	for r, flaw := range Records(bytes.NewReader(b)) {
		switch {
		case errors.Is(flaw, ErrDamaged):
			damage = append(damage, r)
		case flaw != nil:
			err = flaw
		default:
			whole = append(whole, r)
		}
	}
	return whole, damage, err
}

// One changed byte costs one record at most, and that one is named.
func TestDamageCostsOneRecordAndIsNamed(t *testing.T) {
	dir, name, _ := several(t, 6)
	sound, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	want, _, _ := survey(sound)
	random := rand.New(rand.NewPCG(5, 23))
	for range 500 {
		at, to := random.IntN(len(sound)), byte(1+random.IntN(255))
		b := bytes.Clone(sound)
		b[at] ^= to
		have, damage, err := survey(b)
		hit := 0
		for int64(at) >= want[hit].Offset+want[hit].Length {
			hit++
		}
		last := hit == len(want)-1
		switch {
		case len(have) == len(want) && len(damage) == 0 && err == nil && at < int(want[hit].Offset)+10:
			// the time, level or system in a gzip header, which are of no record
		case last && (err == nil || !same(have, want[:hit])):
			t.Fatalf("byte %d, in the last record: %d records, %v", at, len(have), err)
		case last:
		case err != nil || len(damage) != 1 || damage[0].Offset != want[hit].Offset || damage[0].Length != want[hit].Length:
			t.Fatalf("byte %d ^ %#x, in record %d at %d: damage %+v, %v", at, to, hit, want[hit].Offset, damage, err)
		case !same(have, append(want[:hit:hit], want[hit+1:]...)):
			t.Fatalf("byte %d: other records than the one were lost or changed", at)
		}
	}
}

// A server may send an archive, so that one lies in another's bytes.
func TestRecordInTheBodyOfADamagedOneIsNotTakenForTheNext(t *testing.T) {
	foreign := fileOf(t, page("forged"))
	noise := make([]byte, 40_000) // which deflate stores as it is
	random := rand.NewChaCha8([32]byte{5})
	_, _ = random.Read(noise) // never fails
	body := slices.Concat(noise[:20_000], foreign, noise[20_000:])
	b := fileOf(t, page(string(body)), page("next"))
	if !bytes.Contains(b, foreign[:200]) {
		t.Fatal("the forged record does not lie open in the file")
	}
	records, _, _ := survey(b)
	b[records[2].Offset+600] ^= 1 // of the response that holds it
	have, damage, err := survey(b)
	if err != nil || len(damage) != 1 || len(have) != len(records)-1 {
		t.Fatalf("%d of %d records, damage %v, %v", len(have), len(records), damage, err)
	}
	for _, r := range have {
		if string(r.Payload) == "forged" {
			t.Error("a record that a server sent was taken for one of the archive")
		}
	}
}

// fileOf is a whole file of these exchanges, by an archive with a random of its own.
func fileOf(t *testing.T, exchanges ...ewgwatch.Exchange) []byte {
	t.Helper()
	options := fixed()
	options.Random = nil
	a := open(t, options)
	var c ewgwatch.Capture
	for _, x := range exchanges {
		c = record(t, a, x)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(a.dir, c.File))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRepairCutsATornTailAndKeepsWhatItCuts(t *testing.T) {
	dir, name, captures := several(t, 3)
	path := filepath.Join(dir, name)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	end := captures[2].Offset
	torn := sound[:len(sound)-7]
	if err := os.WriteFile(path, torn, 0o600); err != nil {
		t.Fatal(err)
	}
	next := reopen(t, dir)
	mine := record(t, next, page("of this run"))
	if cuts, err := next.Repair(func(file string) bool { return file == name }); err != nil || len(cuts) != 0 {
		t.Fatalf("of a known file: %v, %v", cuts, err)
	}
	cuts, err := next.Repair(func(string) bool { return false })
	if err != nil || len(cuts) != 1 || cuts[0] != (Cut{File: name, Kept: name + ".torn", Offset: end, Bytes: int64(len(torn)) - end}) {
		t.Fatalf("%+v, %v", cuts, err)
	}
	left, _ := os.ReadFile(path)
	kept, _ := os.ReadFile(path + ".torn")
	if !bytes.Equal(left, torn[:end]) || !bytes.Equal(kept, torn[end:]) {
		t.Errorf("%d bytes left and %d kept of %d", len(left), len(kept), len(torn))
	}
	if again, err := next.Repair(func(string) bool { return false }); err != nil || len(again) != 0 {
		t.Errorf("again: %v, %v", again, err)
	}
	if err := next.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir, mine); err != nil {
		t.Error(err)
	}
}

func reopen(t *testing.T, dir string) *Archive {
	t.Helper()
	a, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestRepairMovesAFileWithoutOneWholeRecord(t *testing.T) {
	dir, name, _ := several(t, 1)
	path := filepath.Join(dir, name)
	if err := os.Truncate(path, 20); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".torn", nil, 0o600); err != nil { // of a repair that was killed
		t.Fatal(err)
	}
	cuts, err := reopen(t, dir).Repair(func(string) bool { return false })
	if err != nil || len(cuts) != 1 || cuts[0].Kept != name+".torn-2" || cuts[0].Bytes != 20 {
		t.Fatalf("%+v, %v", cuts, err)
	}
	if names, err := Files(dir); err != nil || len(names) != 0 {
		t.Errorf("left are %v, %v", names, err)
	}
}

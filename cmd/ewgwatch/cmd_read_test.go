package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// readingContract is the form of read --json that other programs rely on:
// every field, with the JSON type it has. Fields may be added.
var readingContract = map[string]any{
	"file": "string", "url": "string", "title": "string", "authors": []any{"string"}, "lang": "string",
	"published": map[string]any{"date": "string", "precision": "string", "rule": "string"},
	"text":      "string", "on_topic": "boolean", "topic_score": "number",
	"events":   []any{map[string]any{"id": "string", "name": "string", "kind": "string", "place": "string", "start": "string", "end": "string"}},
	"mentions": []any{map[string]any{"state": "string", "form": "string", "start": "integer", "end": "integer"}},
	"findings": []any{map[string]any{
		"state": "string", "stance": "string", "event": "string", "quote": "string", "start": "integer", "end": "integer",
		"rule": "string", "confidence": "number", "via": "string", "planned": "boolean",
	}},
}

// breaks says where a decoded value is not what a contract wants.
func breaks(where string, contract, value any) (found []string) {
	switch want := contract.(type) {
	case map[string]any:
		have, is := value.(map[string]any)
		if !is {
			return []string{fmt.Sprintf("%s: want an object, have %v", where, value)}
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if _, there := have[key]; !there {
				found = append(found, where+"."+key+" is missing")
				continue
			}
			found = append(found, breaks(where+"."+key, want[key], have[key])...)
		}
	case []any:
		have, is := value.([]any)
		if !is {
			return []string{fmt.Sprintf("%s: want an array, have %v", where, value)}
		}
		for i, element := range have {
			found = append(found, breaks(fmt.Sprintf("%s[%d]", where, i), want[0], element)...)
		}
	default:
		if is := jsonType(value); is != want && (want != "number" || is != "integer") {
			return []string{fmt.Sprintf("%s: want %v, have %v", where, want, is)}
		}
	}
	return found
}

func jsonType(value any) string {
	switch value := value.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case json.Number:
		if _, err := value.Int64(); err == nil {
			return "integer"
		}
		return "number"
	case nil:
		return "null"
	}
	return fmt.Sprintf("%T", value)
}

func TestReadJSONKeepsItsContract(t *testing.T) {
	t.Parallel()
	world, dir := startWorld(t), t.TempDir()
	args := []string{"read", "--json"}
	for i, page := range world.Pages() {
		args = append(args, write(t, string(fetch(t, page.URL)), dir, fmt.Sprintf("%03d.html", i)))
	}
	files := args[2:]
	lines := strings.Split(strings.TrimSuffix(mustRun(t, 0, args...), "\n"), "\n")
	if len(lines) != len(files) {
		t.Fatalf("%d lines for %d files", len(lines), len(files))
	}
	findings, mentions, events := 0, 0, 0
	for i, line := range lines {
		var value any
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.UseNumber()
		if err := decoder.Decode(&value); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		for _, fault := range breaks("", readingContract, value) {
			t.Errorf("%s: %s", files[i], fault)
		}
		var read readingJSON
		if err := json.Unmarshal([]byte(line), &read); err != nil {
			t.Fatal(err)
		}
		if read.File != files[i] {
			t.Errorf("line %d is about %s, want %s", i+1, read.File, files[i])
		}
		checkOffsets(t, read)
		findings, mentions, events = findings+len(read.Findings), mentions+len(read.Mentions), events+len(read.Events)
	}
	if findings < 100 || mentions < 100 || events < 20 {
		t.Errorf("%d findings, %d mentions, %d events: too few to have tried the offsets", findings, mentions, events)
	}
}

func checkOffsets(t *testing.T, read readingJSON) {
	t.Helper()
	for _, m := range read.Mentions {
		if have := slice(read.Text, m.Start, m.End); have != m.Form {
			t.Errorf("%s: mention of %s at %d:%d is %q, want %q", read.File, m.State, m.Start, m.End, have, m.Form)
		}
	}
	known := map[string]bool{"": true}
	for _, e := range read.Events {
		known[e.ID] = true
	}
	for _, f := range read.Findings {
		have := slice(read.Text, f.Start, f.End)
		if f.Start == -1 {
			have = read.Title
		}
		if have != f.Quote || f.Quote == "" {
			t.Errorf("%s: quote of %s %s at %d:%d is %q, want %q", read.File, f.State, f.Stance, f.Start, f.End, have, f.Quote)
		}
		if !known[f.Event] {
			t.Errorf("%s: %s %s is tied to %s, which is not among the events", read.File, f.State, f.Stance, f.Event)
		}
		if f.Confidence <= 0 || f.Confidence > 1 {
			t.Errorf("%s: %s %s has confidence %v", read.File, f.State, f.Stance, f.Confidence)
		}
	}
}

// slice cuts a text by bytes, and says so where there is nothing to cut.
func slice(text string, start, end int) string {
	if start < 0 || end < start || end > len(text) {
		return "out of range"
	}
	return text[start:end]
}

func TestABrokenContractIsNoticed(t *testing.T) {
	good := func() map[string]any {
		return map[string]any{"authors": []any{"A"}, "start": json.Number("3"), "score": json.Number("1"), "at": map[string]any{"date": ""}}
	}
	contract := map[string]any{"authors": []any{"string"}, "start": "integer", "score": "number", "at": map[string]any{"date": "string"}}
	if found := breaks("", contract, good()); len(found) > 0 {
		t.Errorf("faults where there are none: %q", found)
	}
	for want, spoil := range map[string]func(map[string]any){
		".authors: want an array":        func(v map[string]any) { v["authors"] = nil },
		".authors[0]: want string":       func(v map[string]any) { v["authors"] = []any{json.Number("1")} },
		".start: want integer":           func(v map[string]any) { v["start"] = json.Number("1.5") },
		".score: want number":            func(v map[string]any) { v["score"] = "1" },
		".at.date is missing":            func(v map[string]any) { v["at"] = map[string]any{} },
		".at: want an object, have text": func(v map[string]any) { v["at"] = "text" },
	} {
		value := good()
		spoil(value)
		if found := breaks("", contract, value); len(found) != 1 || !strings.HasPrefix(found[0], want) {
			t.Errorf("faults %q, want %q", found, want)
		}
	}
}

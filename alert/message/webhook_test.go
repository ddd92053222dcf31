package message_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"ewgwatch"
	"ewgwatch/alert/message"
)

func TestEveryBodyKeepsToTheSchema(t *testing.T) {
	open, closed := compiled(t, false), compiled(t, true)
	for name, alert := range alerts() {
		m, err := message.Render(alert, desk)
		if err != nil {
			t.Fatal(err)
		}
		body := decoded(t, m.JSON)
		if err := open.Validate(body); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := closed.Validate(body); err != nil {
			t.Errorf("%s has a field that the schema does not know: %v", name, err)
		}
	}
}

func TestTheSchemaRefusesWhatIsNoAlert(t *testing.T) {
	m, err := message.Render(alertOf(ewgwatch.NewClaim, absent()), desk)
	if err != nil {
		t.Fatal(err)
	}
	schema := compiled(t, false)
	for old, fresh := range map[string]string{
		`"schema": 1`: `"schema": 2`, `"stance": "absent"`: `"stance": "gone"`, `"date": "2023-08-25"`: `"date": "25.8.2023"`,
		`"link": "https`: `"link": "javascript`, `"independent_sources": 1`: `"independent_sources": -1`, `"finding": {`: `"found": {`,
	} {
		broken := strings.Replace(string(m.JSON), old, fresh, 1)
		if broken == string(m.JSON) {
			t.Fatalf("%s is not in the body", old)
		}
		if schema.Validate(decoded(t, []byte(broken))) == nil {
			t.Errorf("%s is let through", fresh)
		}
	}
}

// compiled is the schema as it is published, or one that knows no further fields.
func compiled(t *testing.T, closed bool) *jsonschema.Schema {
	t.Helper()
	document := decoded(t, message.Schema())
	if closed {
		closeObjects(document)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("urn:ewgwatch:alert:1", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("urn:ewgwatch:alert:1")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func closeObjects(node any) {
	object, is := node.(map[string]any)
	if !is {
		return
	}
	if object["type"] == "object" {
		object["additionalProperties"] = false
	}
	for _, below := range object {
		closeObjects(below)
	}
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestTheBodyHasTheQuoteAsItWasRead(t *testing.T) {
	n := absent()
	n.Finding.Quote = "it\u202e said\n<b>no</b>"
	m, err := message.Render(alertOf(ewgwatch.NewClaim, n), desk)
	if err != nil {
		t.Fatal(err)
	}
	var body struct {
		Notices []struct{ Finding struct{ Quote string } }
	}
	if err := json.Unmarshal(m.JSON, &body); err != nil {
		t.Fatal(err)
	}
	if got := body.Notices[0].Finding.Quote; got != n.Finding.Quote {
		t.Errorf("%q, want %q", got, n.Finding.Quote)
	}
}

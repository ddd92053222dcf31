package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"ewgwatch/internal/plain"
)

// The JSON form of health is a contract: fields are added, never renamed.
type healthJSON struct {
	Source     string    `json:"source"`
	Name       string    `json:"name"`
	State      string    `json:"state"`
	Since      string    `json:"since"`
	Was        string    `json:"was,omitempty"`
	Why        string    `json:"why"`
	Run        string    `json:"run"`
	Judged     bool      `json:"judged"`
	Reach      string    `json:"reach"`
	Outcome    string    `json:"outcome"`
	Pages      int       `json:"pages"`
	Articles   int       `json:"articles"`
	Fresh      int       `json:"fresh"`
	OnTopic    int       `json:"on_topic"`
	Undated    int       `json:"undated"`
	Discovered int       `json:"discovered"`
	Length     int       `json:"length"`
	Usual      usualJSON `json:"usual"`
	Verdicts   []string  `json:"verdicts"`
}

type usualJSON struct {
	Pages    int `json:"pages"`
	Articles int `json:"articles"`
	OnTopic  int `json:"on_topic"`
	Length   int `json:"length"`
	Undated  int `json:"undated_percent"`
}

func printHealthJSON(w io.Writer, run string, rows []healthRow) error {
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for _, row := range rows {
		if err := lines.Encode(row.json(run)); err != nil {
			return fmt.Errorf("write health of %q: %w", row.saw.Source, err)
		}
	}
	return nil
}

func (r healthRow) json(run string) healthJSON {
	c, h := r.saw, r.health
	line := healthJSON{
		Source: c.Source, Name: plain.Line(c.Name), State: string(h.State), Was: string(r.was), Why: plain.Line(r.why()), Run: run, Judged: r.judged,
		Reach: string(c.Reach), Pages: c.Pages, Articles: c.Articles, Fresh: c.Fresh, OnTopic: c.OnTopic, Undated: c.Undated,
		Discovered: c.Discovered, Length: c.Length, Verdicts: []string{},
		Usual: usualJSON{Pages: h.Usual.Pages, Articles: h.Usual.Articles, OnTopic: h.Usual.OnTopic, Length: h.Usual.Length, Undated: h.Usual.Undated},
	}
	if !h.Since.IsZero() {
		line.Since = h.Since.Format(time.RFC3339)
	}
	if night, _ := h.Last(); r.judged {
		line.Outcome = string(night.Outcome)
	}
	for _, night := range h.Nights {
		line.Verdicts = append(line.Verdicts, string(night.Verdict))
	}
	return line
}

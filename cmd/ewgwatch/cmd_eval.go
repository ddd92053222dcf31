package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/score"
)

func (a *app) evalCommand() *cobra.Command {
	var misses bool
	cmd := &cobra.Command{
		Use:   "eval DIR",
		Short: "Score the reading against a labelled folder",
		Long: `eval reads every page of a labelled folder and prints precision, recall and F1 by
stance, language and field, so that you can judge for yourself how far to trust a
finding. A folder has either labels.jsonl (one object a line: id, lang, on_topic,
published, states with code and stance; the pages are plain/ID.html and, with
other furniture around the same text, furnished/ID.html) or ground-truth.jsonl
(source, url, file, and where known text, title, date, authors).`,
		Example: `  ewgwatch eval labelled/topic
  ewgwatch eval --misses labelled/pages`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.eval(cmd.Context(), args[0], misses) },
	}
	cmd.Flags().BoolVar(&misses, "misses", false, "list what was missed and what is too much")
	return cmd
}

func (a *app) eval(ctx context.Context, dir string, misses bool) error {
	topic, pages := filepath.Join(dir, "labels.jsonl"), filepath.Join(dir, "ground-truth.jsonl")
	if _, err := os.Stat(topic); err == nil {
		for _, variant := range []string{"plain", "furnished"} {
			if err := a.evalTopic(ctx, topic, filepath.Join(dir, variant), misses); err != nil {
				return err
			}
		}
		return nil
	}
	if _, err := os.Stat(pages); err != nil {
		return usage(fmt.Errorf("%s: want labels.jsonl or ground-truth.jsonl in it, have neither", dir))
	}
	return a.evalPages(ctx, pages, misses)
}

func (a *app) evalTopic(ctx context.Context, labels, pages string, misses bool) error {
	if _, err := os.Stat(pages); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var report score.Report
	err := eachLine(labels, func(l score.TopicLabel) error {
		article, result, err := readPage(ctx, filepath.Join(pages, l.ID+".html"), "")
		report.Topic(l, score.Reading{OnTopic: result.OnTopic, Article: article, Mentions: result.Mentions, Findings: result.Findings})
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s\n", pages)
	return report.Write(a.out, misses)
}

func (a *app) evalPages(ctx context.Context, labels string, misses bool) error {
	var report score.Report
	start := time.Now()
	count := 0
	err := eachLine(labels, func(l score.PageLabel) error {
		count++
		body, err := pageBytes(filepath.Join(filepath.Dir(labels), l.File))
		if err != nil {
			return err
		}
		page := ewgwatch.Page{URL: l.URL, FinalURL: l.URL, Header: http.Header{}, Body: body}
		article, err := extract.Article(ctx, page, extract.Options{Now: start})
		report.Page(l, article)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%d pages, %.1f ms a page\n", count, time.Since(start).Seconds()*1000/float64(max(count, 1)))
	return report.Write(a.out, misses)
}

// eachLine decodes a file of one JSON object a line. An error names the line.
func eachLine[T any](name string, handle func(T) error) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 64<<20)
	for number := 1; lines.Scan(); number++ {
		var value T
		err := json.Unmarshal(lines.Bytes(), &value)
		if err == nil {
			err = handle(value)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, number, err)
		}
	}
	return lines.Err()
}

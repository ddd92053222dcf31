// Package score holds readings against labels: how often the topic, the named
// states, the stances, the text, the date, the title and the authors are right.
// It reads labels and counts; it reads no pages.
//
// Two forms of labels are known. labels.jsonl says of each page whether it is on
// the topic and which state took which stance; ground-truth.jsonl gives text,
// title, date and authors.
package score

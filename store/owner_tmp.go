package store

import (
	"context"
	"iter"
)

type owner struct{}

func (o *owner) look(fn func(l look) error) error                              { return nil }
func (o *owner) records(ctx context.Context, q Query) iter.Seq2[string, error] { return nil }

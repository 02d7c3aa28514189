package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

// contender is one of those that are measured side by side. Once does so many
// operations and says how long they took; what it needs for them and is not
// part of them, it does outside that time.
type contender struct {
	name       string
	operations int
	once       func(ctx context.Context) (time.Duration, error)
}

// race lets the contenders run in turns, A B C A B C …, each first in a round
// as often as the others, and returns what an operation of each took in every
// round. A first round warms up and is not counted. In a round each runs for a
// slice of time, or once where one operation takes longer.
func race(ctx context.Context, rounds int, slice time.Duration, contenders []contender) (map[string][]time.Duration, error) {
	took := map[string][]time.Duration{}
	for round := range rounds + 1 {
		for i := range contenders {
			c := contenders[(i+round)%len(contenders)]
			each, err := run(ctx, slice, c)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			if round > 0 {
				took[c.name] = append(took[c.name], each)
			}
		}
	}
	return took, nil
}

// run lets one contender run for a slice of time and returns the mean of its
// operations. What the one before left to be collected is collected first.
func run(ctx context.Context, slice time.Duration, c contender) (time.Duration, error) {
	runtime.GC()
	var spent time.Duration
	operations := 0
	for spent < slice || operations == 0 {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		took, err := c.once(ctx)
		if err != nil {
			return 0, err
		}
		spent += took
		operations += c.operations
	}
	return spent / time.Duration(operations), nil
}

// shortOperations is how many short operations are timed as one, so that
// reading the clock does not count.
const shortOperations = 64

// short makes the contender of a short operation.
func short(name string, operation func() error) contender {
	return contender{name: name, operations: shortOperations, once: func(context.Context) (time.Duration, error) {
		began := time.Now()
		for range shortOperations {
			if err := operation(); err != nil {
				return 0, err
			}
		}
		return time.Since(began), nil
	}}
}

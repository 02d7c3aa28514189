package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestContendersTakeTurnsAndEachIsFirstAsOftenAsTheOthers(t *testing.T) {
	var order []string
	once := func(name string, took time.Duration) contender {
		return contender{name: name, operations: 2, once: func(context.Context) (time.Duration, error) {
			order = append(order, name)
			return took, nil
		}}
	}
	took, err := race(t.Context(), 3, 0, []contender{once("a", 10), once("b", 20)})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(order, " "), "a b b a a b b a"; got != want {
		t.Errorf("the order is %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(took), "map[a:[5ns 5ns 5ns] b:[10ns 10ns 10ns]]"; got != want {
		t.Errorf("race() = %s, want %s without the round that warms up", got, want)
	}
}

func TestASliceIsFilled(t *testing.T) {
	calls := 0
	c := contender{name: "a", operations: 1, once: func(context.Context) (time.Duration, error) {
		calls++
		return time.Duration(calls), nil
	}}
	each, err := run(t.Context(), 10, c)
	if err != nil || calls != 4 || each != 2 { // 1 + 2 + 3 + 4 fill 10
		t.Errorf("run() = %v, %v after %d calls, want 2ns after 4", each, err, calls)
	}
}

func TestARaceEndsWithTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	_, err := race(t.Context(), 3, 0, []contender{{name: "a", operations: 1, once: func(context.Context) (time.Duration, error) {
		return 0, broken
	}}})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "a: ") {
		t.Errorf("race() = %v, want the error of a", err)
	}
}

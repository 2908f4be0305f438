package main

import (
	"errors"
	"io"
	"os"
	"sync"
)

type R struct{}

func (r *R) Read(p []byte) (int, error) { return 0, nil }

func main() {
	var r io.Reader = R{}
	var e error = errors.New("x", "y")
	var w io.Writer = os.Stdin
	_, _ = r.(int)
	var mu sync.Mutx
	mu.Lock()
	w.Wrte(nil)
	_ = e
	var wg sync.WaitGroup
	wg.Go(func(int) {})
}

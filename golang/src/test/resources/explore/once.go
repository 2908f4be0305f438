package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var o sync.Once
	var n atomic.Int32
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() { o.Do(func() { n.Store(int32(i)) }); n.Add(10) })
	}
	wg.Wait()
	fmt.Println(n.Load())
}

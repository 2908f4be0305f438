package main

import "sync"

func main() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	ready := 0
	for i := range 2 {
		go func() {
			mu.Lock()
			for ready == 0 {
				c.Wait()
			}
			ready--
			println(i)
			mu.Unlock()
		}()
	}
	mu.Lock()
	ready = 2
	c.Signal()
	mu.Unlock()
}

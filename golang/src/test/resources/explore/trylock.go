package main

import "sync"

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	got := 0
	for range 3 {
		wg.Go(func() {
			if mu.TryLock() {
				got++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	println(got)
}

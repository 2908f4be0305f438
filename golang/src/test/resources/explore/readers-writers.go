package main

import "sync"

func main() {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	x := 0
	for range 2 {
		wg.Add(2)
		go func() { defer wg.Done(); mu.RLock(); y := x; mu.RUnlock(); _ = y }()
		go func() { defer wg.Done(); mu.Lock(); x++; mu.Unlock() }()
	}
	wg.Wait()
	println(x)
}

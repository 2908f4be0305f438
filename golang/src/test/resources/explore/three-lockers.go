package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	t := 0
	for i := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			t = t*10 + i
			mu.Unlock()
		}()
	}
	wg.Wait()
	fmt.Println(t)
}

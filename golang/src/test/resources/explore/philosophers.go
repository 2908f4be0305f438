package main

import "sync"

func main() {
	const n = 3
	var f [n]sync.Mutex
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f[i].Lock()
			f[(i+1)%n].Lock()
			f[(i+1)%n].Unlock()
			f[i].Unlock()
		}()
	}
	wg.Wait()
	println("done")
}

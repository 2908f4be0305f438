package main

import "sync"

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	for range 2 {
		go func() { defer func() { println(recover() != nil) }(); wg.Done() }()
	}
	wg.Wait()
}

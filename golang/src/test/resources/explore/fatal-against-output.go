package main

import "sync"

func main() {
	var mu sync.Mutex
	go func() { println("x") }()
	mu.Unlock()
}

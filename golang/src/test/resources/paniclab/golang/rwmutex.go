package main

import (
	"fmt"
	"sync"
)

type M struct {
	mu sync.RWMutex
	m  map[int]int
}

func (x *M) Get(k int) (int, bool) {
	x.mu.RLock()
	v, ok := x.m[k]
	x.mu.RUnlock()
	return v, ok
}

func (x *M) Set(k, v int) {
	x.mu.Lock()
	x.m[k] = v
	x.mu.Unlock()
}

func main() {
	x := &M{m: map[int]int{}}
	var wg sync.WaitGroup
	for g := 0; g < 50; g++ {
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			for i := 0; i < 2000; i++ {
				k := (id + i) & 15
				if _, ok := x.Get(k); !ok {
					x.Set(k, i)
				} else if i&7 == 0 {
					x.Set(k, i)
				}
			}
		}(g)
	}
	wg.Wait()
	fmt.Println(len(x.m))
}

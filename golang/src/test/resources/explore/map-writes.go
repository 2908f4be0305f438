package main

import "time"

func main() {
	m := map[int]int{}
	go func() { m[1] = 1 }()
	go func() { m[2] = 2 }()
	time.Sleep(1)
	println(len(m))
}

package main

import (
	"os"
	"time"
)

func main() {
	c := make(chan int)
	go func() {
		time.Sleep(10 * time.Millisecond)
		c <- 1
	}()
	select {
	case <-c:
		os.Stdout.WriteString("value\n")
	case <-time.After(10 * time.Millisecond):
		os.Stdout.WriteString("timeout\n")
	}
}

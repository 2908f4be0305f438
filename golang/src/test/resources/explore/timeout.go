package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	r := make(chan string, 1)
	go func() { time.Sleep(500 * time.Millisecond); r <- "done" }()
	select {
	case <-ctx.Done():
		fmt.Println("timeout")
	case s := <-r:
		fmt.Println(s)
	}
}

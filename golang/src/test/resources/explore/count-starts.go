package main

import (
	"fmt"
	"runtime"
)

func main() {
	stop := make(chan bool)
	go func() {
		go func() { <-stop }()
		<-stop
	}()
	fmt.Println(runtime.NumGoroutine())
}

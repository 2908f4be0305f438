package main

import (
	"os"
	"time"
)

func main() {
	done := make(chan bool)
	for _, s := range []string{"a", "b"} {
		go func() {
			time.Sleep(10 * time.Millisecond)
			os.Stdout.WriteString(s + "\n")
			done <- true
		}()
	}
	<-done
	<-done
}

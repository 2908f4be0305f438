package main

import (
	"os"
	"time"
)

func main() {
	done := make(chan bool)
	for _, s := range []string{"a", "b"} {
		go func() {
			time.Sleep(time.Duration(10*(1+s[0]-97)) * time.Millisecond)
			os.Stdout.WriteString(s + "\n")
			done <- true
		}()
	}
	<-done
	<-done
}

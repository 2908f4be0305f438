package main

import (
	"os"
	"time"
)

func main() {
	t := time.AfterFunc(time.Microsecond, func() { os.Stdout.WriteString("fired\n") })
	os.Stdout.WriteString("a\n")
	if t.Stop() {
		os.Stdout.WriteString("stopped\n")
	}
}

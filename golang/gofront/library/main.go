// Library translates the standard library into one unit.
//
//	go run ./library FILE
package main

import (
	"fmt"
	"os"

	"paniclab/gofront/internal/load"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: library FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], load.Library(), 0o666); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

package main

import (
	"fmt"
	"os"
	str "strings"
)

func main() {
	x, y := 1, 2
	_ = x
	z := func() { w := 1 }
L:
	for {
	}
}

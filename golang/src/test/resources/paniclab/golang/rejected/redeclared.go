package main

import "fmt"
import "fmt"

var fmt = 1

func main() {}
func main() {}
func init() int { return 0 }

func f(a, a int) {}

type T struct {
	x int
	x string
}

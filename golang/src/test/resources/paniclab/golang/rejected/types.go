package main

import "fmt"

type T struct{ a int }

func (t T) M() {}
func (t *T) M() {}

func f(a int, b string) (int, error) { return a, nil }

func main() {
	var x int = "s"
	y := f(1, "x")
	a, b, c := f(1)
	fmt.Printn(x, y)
	for i := range 3.5 {
	}
	return 1
	var t T
	t.b = 3
	t.M(1)
	if x := 5; x {
	}
}

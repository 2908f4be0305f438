package main

type T struct{ t T }

type A = B
type B = A

var x = y
var y = f()

func f() int { return x }

type I interface {
	M() interface {
		I
	}
}

func main() {}

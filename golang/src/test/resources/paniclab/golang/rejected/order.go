package main

func main() {
	x := '世'
	var s string = x
L:
	for i := 0; i < 10; i++ {
		y := i
	}
	goto M
}

package main

const big = 1 << 100

var b byte = 300
var i int = big
var u uint = -1
var a [3]int = [3]int{1, 2, 3, 4}

func main() {
	_ = 1 / 0
	_ = a[5]
	_ = "abc"[7]
	switch 1 {
	case 1:
	case 1:
	}
	_ = map[string]int{"a": 1, "a": 2}
}

package main

func f(x int) int {
	if x > 0 {
		return 1
	}
}

func g() (a, b int) {
	return 1
}

func main() {
	f()
	g()
	defer recover
	go func() {}
	f
	1 + 2
}

package main

func collatz(limit int) (best, length int) {
	for i := 1; i < limit; i++ {
		n, steps := i, 1
		for n != 1 {
			if n%2 == 0 {
				n /= 2
			} else {
				n = 3*n + 1
			}
			steps++
		}
		if steps > length {
			best, length = i, steps
		}
	}
	return best, length
}

func main() {
	println(collatz(100000))
}

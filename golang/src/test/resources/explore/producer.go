package main

func main() {
	c := make(chan int, 2)
	go func() {
		for i := 0; i < 6; i++ {
			c <- i
		}
		close(c)
	}()
	s := 0
	for v := range c {
		s += v
	}
	println(s)
}

package main

func main() {
	a := make(chan int, 1)
	b := make(chan int, 1)
	a <- 1
	go func() { b <- 2 }()
	select {
	case <-a:
		println("a")
	case <-b:
		println("b")
	}
}

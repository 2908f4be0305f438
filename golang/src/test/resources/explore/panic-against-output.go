package main

func main() {
	go func() { println("x") }()
	c := make(chan int, 1)
	c <- 1
	panic("boom")
}

package main

func main() {
	c := make(chan int)
	go func() { c <- 1 }()
	go func() { c <- 2 }()
	go func() { close(c) }()
	println(<-c)
}

package main

func main() {
	c := make(chan<- int)
	<-c
	d := make(<-chan int)
	d <- 1
	close(d)
	for range c {
	}
	select {
	case x := 1:
	}
	c <- "a"
}

package main

import "fmt"

func main() {
	a, b, q := make(chan int), make(chan int), make(chan bool)
	go func() { a <- 1; a <- 2; q <- true }()
	go func() { b <- 10; q <- true }()
	s := ""
	for n := 0; n < 2; {
		select {
		case x := <-a:
			s += fmt.Sprint(x, " ")
		case x := <-b:
			s += fmt.Sprint(x, " ")
		case <-q:
			n++
		}
	}
	fmt.Println(s)
}

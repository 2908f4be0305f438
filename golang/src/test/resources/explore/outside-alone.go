package main

import "fmt"

func main() {
	fmt.Println("a")
	defer fmt.Println("c")
	fmt.Println("b")
}

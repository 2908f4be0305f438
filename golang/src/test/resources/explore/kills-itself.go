package main

import (
	"fmt"
	"syscall"
)

func main() {
	fmt.Println("a")
	syscall.Kill(syscall.Getpid(), syscall.SIGTERM)
	fmt.Println("b")
}

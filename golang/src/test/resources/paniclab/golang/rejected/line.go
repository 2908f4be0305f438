package main

func main() {
//line other.go:10
	x = 1
/*line third.go:7:3*/ y = 2
}

package main

func main() {
	var 世 int
	x := 0b12
	y := 08
	“quoted”
	z := 1_
}

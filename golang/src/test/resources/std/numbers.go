package main

import (
	"fmt"
	"math"
)

func main() {
	x := -20.0
	for i := 0; i < 150; i++ {
		x += 0.2718281828
		fmt.Printf("%x %x %x %x %x %x %x %x %x\n", math.Exp(x), math.Log(math.Abs(x)), math.Hypot(x, x+1), math.Pow(math.Abs(x), 0.3), math.Sin(x), math.Tan(x), math.Cbrt(x), math.Exp2(x), math.Mod(x, 0.7))
	}
}

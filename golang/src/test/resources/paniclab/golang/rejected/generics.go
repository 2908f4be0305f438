package main

import "cmp"

type Number interface{ ~int | ~float64 }

func Sum[T Number](xs ...T) (s T) { return }

func Max[T cmp.Ordered](a, b T) T { return a }

type List[T any] struct{ next *List[T] }

func main() {
	Sum("a")
	Max(1, "x")
	var l List
	var m List[int, int]
	_ = Sum[string]
	_ = l
	_ = m
}

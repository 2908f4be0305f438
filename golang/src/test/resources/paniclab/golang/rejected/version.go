//go:build go1.17

package main

func F[T any](x T) {}

func main() {
	for i := range 10 {
		F(i)
	}
}

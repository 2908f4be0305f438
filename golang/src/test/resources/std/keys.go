package main

import "fmt"

func main() {
	fmt.Println(map[any]int{
		"a": 1, 2: 2, 3.5: 3, true: 4, int8(1): 5, int16(1): 6, int32(1): 7, int64(1): 8, uint(1): 9,
		uint8(1): 10, uint16(1): 11, uint32(1): 12, uint64(1): 13, uintptr(1): 14, float32(1): 15,
		complex64(1): 16, complex128(1): 17, nil: 18, "b": 19,
	})
}

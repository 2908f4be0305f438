package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime"
)

type square struct {
	S float64 `json:"s"`
}

func (s square) Area() float64   { return s.S * s.S }
func (s *square) Grow(f float64) { s.S *= f }
func (s square) hidden()         {}

type named struct {
	square
	Name string
}

func main() {
	for _, v := range []any{square{}, &square{}, named{}, &named{}, 3, errors.New("x"), struct{ square }{}} {
		fmt.Println(reflect.TypeOf(v), reflect.TypeOf(v).NumMethod())
	}
	var s square
	fmt.Println(json.Unmarshal([]byte(`{"s":"x"}`), &s))
	fmt.Println(json.Unmarshal([]byte(`{"s":2.5}`), &s), s)
	defer func() {
		r := recover()
		_, ok := r.(runtime.Error)
		fmt.Printf("%T %v %v\n", r, r, ok)
	}()
	l := []int{1}
	_ = [2]int(l)
}

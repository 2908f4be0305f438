package fmtsort

import (
	"internal/abi"
	"internal/lab"
	"reflect"
	"slices"
)

// Sort gives the entries of a map in the order of their keys.
func Sort(mapValue reflect.Value) SortedMap {
	if mapValue.Type().Kind() != reflect.Map {
		return nil
	}
	keys := abi.MapKeysOf(mapValue).([]reflect.Value)
	sorted := make(SortedMap, 0, len(keys))
	for _, k := range keys {
		sorted = append(sorted, KeyValue{k, mapValue.MapIndex(k)})
	}
	slices.SortStableFunc(sorted, func(a, b KeyValue) int {
		if c, ok := byType(a.Key, b.Key); ok {
			return c
		}
		return compare(a.Key, b.Key)
	})
	return sorted
}

// typeOrder is how the linker lays out the predeclared types, by whose addresses keys of different types are
// ordered: asked of Go 1.26, in a program of 2 MB and in one of 9 MB.
var typeOrder = []reflect.Kind{
	reflect.String,
	reflect.Int8, reflect.Uint8, reflect.Int16, reflect.Uint16, reflect.Int32, reflect.Uint32,
	reflect.Int64, reflect.Uint64, reflect.Int, reflect.Uint, reflect.Uintptr,
	reflect.Complex64, reflect.Complex128, reflect.Float32, reflect.Float64, reflect.Bool,
}

// byType compares keys of interface type that hold values of different types.
func byType(a, b reflect.Value) (int, bool) {
	if a.Kind() != reflect.Interface || a.IsNil() || b.IsNil() {
		return 0, false
	}
	ta, tb := a.Elem().Type(), b.Elem().Type()
	if ta == tb {
		return 0, false
	}
	ra, rb := rank(ta), rank(tb)
	if ra < 0 || rb < 0 {
		lab.OutOfModel("the order of printed keys of types " + ta.String() + " and " + tb.String() + ", which is where the linker put them")
	}
	return ra - rb, true
}

func rank(t reflect.Type) int {
	if t.PkgPath() != "" {
		return -1
	}
	return slices.Index(typeOrder, t.Kind())
}

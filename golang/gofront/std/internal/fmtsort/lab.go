package fmtsort

import (
	"internal/abi"
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
	slices.SortStableFunc(sorted, func(a, b KeyValue) int { return compare(a.Key, b.Key) })
	return sorted
}

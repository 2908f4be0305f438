// Package cpu knows no features: no assembly asks for them.
package cpu

// CacheLinePadSize is that of amd64.
const CacheLinePadSize = 64

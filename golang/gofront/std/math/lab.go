package math

// Bits and the exact functions are leaf operations.

func Float32bits(f float32) uint32
func Float32frombits(b uint32) float32
func Float64bits(f float64) uint64
func Float64frombits(b uint64) float64

func sqrt(x float64) float64
func floor(x float64) float64
func ceil(x float64) float64
func trunc(x float64) float64

func FMA(x, y, z float64) float64

// haveArchExp: on amd64 Exp is written in assembly and its last bit is not
// always that of the Go code.
const haveArchExp = true

func archExp(x float64) float64

package main

func main() {
	x := [
	if x {
	for ;; {
}
func g( {
}

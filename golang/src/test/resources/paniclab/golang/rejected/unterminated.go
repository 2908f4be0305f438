package main

func main() {
	println("abc)
	println('ab')
	x := `never
}

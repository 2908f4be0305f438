package foo

func main() { x := }

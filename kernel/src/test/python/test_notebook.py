"""Notebooks run from end to end, as nbclient, nbconvert and graders do."""

import nbclient
import nbformat


def execute(cells, **options):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    nbclient.NotebookClient(notebook, kernel_name="paniclab", timeout=120, **options).execute()
    return [cell.outputs for cell in notebook.cells]


GO_PANIC = """%%go
package main

import "fmt"

func main() {
	defer func() { fmt.Println("recovered:", recover()) }()
	var m map[string]int
	m["a"] = 1
}
"""

GO_DEADLOCK = """%%go
package main

func main() { <-make(chan int) }
"""


def test_java_and_go_cells():
    one, go, dead, last = execute(["int x = 20; x + 1", GO_PANIC, GO_DEADLOCK, "x"])
    assert one[0].data["text/plain"] == "21"
    assert go[0].text == "recovered: assignment to entry in nil map\n"
    assert any("figure" in o.get("data", {}).get("text/html", "") for o in go)
    assert all(o.output_type != "stream" or o.name != "stderr" for o in dead)
    said = "".join(o.data["text/plain"] for o in dead)
    assert "fatal error: all goroutines are asleep - deadlock!" in said
    assert "exit status 2" in said
    assert last[0].data["text/plain"] == "20"


def test_a_go_program_that_does_not_compile_is_an_error_with_a_caret():
    outputs, after = execute(
        ["%%go\npackage main\n\nfunc main() {\n\tx := 1\n}\n", "1"], allow_errors=True
    )
    assert outputs[0].output_type == "error"
    lines = outputs[0].traceback
    assert lines[0].endswith("main.go:4:2: declared and not used: x")
    assert lines[1:3] == ["\tx := 1", "\t^"]
    assert after[0].data["text/plain"] == "1"

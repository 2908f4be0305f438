"""nbgrader for assignments of PanicLab. Written by `paniclab release` where there was no such file."""

c = get_config()  # noqa: F821: nbgrader puts it here

# What nbgrader writes where a solution stood. Answers may hold comments anywhere.
c.ClearSolutions.code_stub = {"java": "// Your answer goes above this line."}

# Seconds for a cell. A check computes its key on the model, the first time with a start of the JVM.
c.Execute.timeout = 120
c.Execute.startup_timeout = 120
c.Execute.iopub_timeout = 60

#!/usr/bin/env python3
"""Times `paniclab grade` beside nbgrader's autograde on the same notebooks, in one run.

A class of students is made of the woven chapter 1: each notebook has its %%predict cells filled in
(twelve of the notebooks are broken in twelve ways). `paniclab grade` grades all of them; nbgrader
grades the first few, because it takes seconds for each. With --kernel python3 nbgrader's kernel
knows no %%predict cell and gives up on each at once, so its time is a lower bound: what it costs to
start a kernel and send it the cells. With --kernel paniclab the cells do what they do in a lesson.

    benchmarks/grading/measure.py [--students 300] [--nbgrader-students 5] [--kernel python3]

Needs python3 with venv; nbgrader and ipykernel come from PyPI into benchmarks/target/nbgrader.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "benchmarks" / "target" / "nbgrader"
PACKAGES = ["nbgrader==0.9.6", "ipykernel==6.30.1"]
ANSWERS = {
    "outcome": ["exited", "panicked", "fatal", "hung", "exited, panicked"],
    "recovered": ["yes", "no", "depends"],
    "defers": ["none", "d1"],
    "prints": ["none", '"main goes on"', '"boom"'],
    "exit": ["0", "2", "0, 2"],
    "stderr": ["none", '"panic: boom"', '"fatal error: all goroutines are asleep - deadlock!"'],
    "schedules": ["every", "some"],
    "why": ["a", "b", "c"],
}


def run(command, **options):
    """Runs a command; gives its exit status, wall and CPU seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    status = subprocess.run(command, **options).returncode
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.time() - start
    return status, wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def source(cell):
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def predictions(notebook):
    return [c for c in notebook["cells"] if source(c).startswith("%%predict ")]


def item(cell):
    return source(cell).split()[1]


def fill(notebook, dice):
    for cell in predictions(notebook):
        lines = source(cell).splitlines()
        cell["source"] = "\n".join(
            line + " " + dice.choice(ANSWERS[line[:-1]]) if line[:-1] in ANSWERS else line
            for line in lines
        )


def break_one(notebook, way, folder):
    """Breaks a notebook in one of twelve ways; gives its text and its file name."""
    cells = predictions(notebook)
    cell = cells[way % len(cells)]
    name, code = "ch1.ipynb", lambda text: notebook["cells"].append(
        {"cell_type": "code", "execution_count": None, "id": "added", "metadata": {},
         "outputs": [], "source": text})
    if way == 0:
        cell["source"] = source(cell).splitlines()[0] + "\n)]} for {{{"
    elif way == 1:
        code("while (true) {}")
    elif way == 2:
        notebook["cells"].remove(cell)
    elif way == 3:
        cell["metadata"]["nbgrader"] = {"schema_version": 3, "points": 100, "locked": False}
    elif way == 4:
        cell["source"] = source(cell).replace(item(cell), "ch9-nothing")
    elif way == 5:
        cell["metadata"]["nbgrader"] = {"schema_version": 99}
    elif way == 6:
        name = "ch1 (1).ipynb"
    elif way == 7:
        code("System.exit(0)")
    elif way == 8:
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * (50 << 20)}]
    elif way == 10:
        notebook["cells"].append(dict(cell, id="copy"))
    elif way == 11:
        code('new ProcessBuilder("sqlite3", "gradebook.db", "update grade set manual_score=2")')
    text = json.dumps(notebook, ensure_ascii=False, indent=1)
    return (text[: len(text) // 2] if way == 9 else text), name


def write_class(lesson, folder, students):
    dice = random.Random(1)
    step = max(students // 13, 1)
    for n in range(students):
        notebook = json.loads(json.dumps(lesson))
        fill(notebook, dice)
        broken = n % step == step - 1 and n // step < 12
        text, name = (
            break_one(notebook, n // step, folder)
            if broken
            else (json.dumps(notebook, ensure_ascii=False, indent=1), "ch1.ipynb")
        )
        home = folder / "submitted" / f"s{n:04d}" / "ch1"
        home.mkdir(parents=True)
        (home / name).write_text(text, encoding="utf-8")


def nbgrader_source(lesson, kernel):
    """The lesson with nbgrader's metadata: each prediction is followed by a cell that checks it."""
    notebook = json.loads(json.dumps(lesson))
    notebook["metadata"]["kernelspec"] = {"name": kernel, "display_name": kernel, "language": "python"}
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if source(cell).startswith("%%predict "):
            base = {"schema_version": 3, "task": False}
            cell["metadata"]["nbgrader"] = dict(
                base, grade=False, solution=True, locked=False, grade_id=item(cell))
            cells.append({
                "cell_type": "code", "execution_count": None, "id": item(cell) + "-check",
                "outputs": [], "source": "%check " + item(cell),
                "metadata": {"nbgrader": dict(base, grade=True, solution=False, locked=True,
                                              points=10, grade_id=item(cell) + "-check")}})
    notebook["cells"] = cells
    return notebook


def nbgrader(lesson, work, students, kernel):
    python = TARGET / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", TARGET / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    course = work / "nbgrader"
    (course / "source" / "ch1").mkdir(parents=True)
    release = nbgrader_source(lesson, kernel)
    (course / "source" / "ch1" / "ch1.ipynb").write_text(json.dumps(release), encoding="utf-8")
    dice = random.Random(1)
    for n in range(students):
        notebook = json.loads(json.dumps(release))
        fill(notebook, dice)
        home = course / "submitted" / f"s{n:04d}" / "ch1"
        home.mkdir(parents=True)
        (home / "ch1.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    path = f"{TARGET / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic
    quiet = {"cwd": course, "env": dict(os.environ, PATH=path), "stdout": subprocess.DEVNULL, "stderr": (work / "nbgrader.log").open("w")}
    command = [python, "-m", "nbgrader"]
    options = ["ch1", "--course-dir", str(course)]
    made, wall, _ = run([*command, "generate_assignment", *options, "--create"], **quiet)
    if made != 0:
        sys.exit(f"nbgrader generate_assignment failed; see {work / 'nbgrader.log'}")
    return run([*command, "autograde", *options, "--create"], **quiet)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--nbgrader-students", type=int, default=5)
    parser.add_argument("--kernel", default="python3")
    parser.add_argument("--paniclab", default=str(ROOT / "paniclab"), help="the command to time")
    args = parser.parse_args()
    work = TARGET / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    paniclab = args.paniclab
    subprocess.run(
        [paniclab, "weave", "--out", str(work / "lessons"), "--lang", "en"],
        check=True, stdout=subprocess.DEVNULL)
    lesson = json.loads(next((work / "lessons").rglob("ch1*.ipynb")).read_text(encoding="utf-8"))
    write_class(lesson, work, args.students)
    status, wall, cpu = run(
        [paniclab, "grade", str(work), "--out", str(work / "grades.csv")],
        stderr=(work / "grade.log").open("w"))
    rows = len((work / "grades.csv").read_text(encoding="utf-8").splitlines()) - 1
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
          f"{len(predictions(lesson))} items in a notebook of {len(lesson['cells'])} cells")
    print(f"paniclab grade: {rows} rows of {args.students}, exit {status}, {wall:.2f} s wall, "
          f"{cpu:.2f} s CPU; per submission {1000 * wall / args.students:.1f} ms wall, "
          f"{1000 * cpu / args.students:.1f} ms CPU")
    n = args.nbgrader_students
    if n > 0:
        status, wall, cpu = nbgrader(lesson, work, n, args.kernel)
        print(f"nbgrader autograde ({args.kernel} kernel): {n} submissions, exit {status}, "
              f"{wall:.2f} s wall, {cpu:.2f} s CPU; per submission {wall / n:.2f} s wall, "
              f"{cpu / n:.2f} s CPU")


if __name__ == "__main__":
    main()

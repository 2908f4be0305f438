#!/usr/bin/env python3
"""Times `paniclab grade` beside nbgrader's autograde on the same notebooks, in one run.

Chapter 1 is released for nbgrader (`paniclab release`, `nbgrader generate_assignment`). A class of
students fills it in: right and wrong answers to every question, programs left as they are or mended;
one notebook of twenty is broken, in twelve ways by turns. `paniclab grade` grades all of them.
nbgrader autogrades the first few whole ones, because it takes seconds for each; its check cells ask
the kernel of PanicLab. Their scores must agree.

    benchmarks/grading/measure.py [--students 1000] [--nbgrader-students 2] [--paniclab COMMAND]

Needs python3 with venv; nbgrader comes from PyPI into benchmarks/target/nbgrader.
"""

import argparse
import csv
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
REQUIREMENTS = ROOT / "cli" / "src" / "test" / "nbgrader" / "requirements.txt"
PYTHON = TARGET / "venv" / "bin" / "python"
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


def answers(notebook):
    return [c for c in notebook["cells"] if source(c).startswith(("%%predict ", "%%fix "))]


def item(cell):
    return source(cell).split()[1]


def fill(notebook, dice):
    for cell in answers(notebook):
        lines = source(cell).splitlines()
        if lines[0].startswith("%%fix") and dice.random() < 0.5:
            cell["source"] = source(cell).replace("make(chan int)", "make(chan int, 1)")
        elif lines[0].startswith("%%predict"):
            cell["source"] = "\n".join(
                line + " " + dice.choice(ANSWERS[line[:-1]]) if line[:-1] in ANSWERS else line
                for line in lines
            )


def break_one(notebook, way):
    """Breaks a notebook in one of twelve ways; gives its text and its file name."""
    cells = answers(notebook)
    cell = cells[way % len(cells)]
    name, code = "ps1.ipynb", lambda text: notebook["cells"].append(
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
        name = "ps1 (1).ipynb"
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


def write_class(release, course, students):
    """Fills in the notebook for each student; gives those whose notebooks are whole."""
    dice = random.Random(1)
    whole = []
    for n in range(students):
        notebook = json.loads(release)
        fill(notebook, dice)
        broken = n % 20 == 19
        text, name = (
            break_one(notebook, n // 20 % 12)
            if broken
            else (json.dumps(notebook, ensure_ascii=False, indent=1), "ps1.ipynb")
        )
        home = course / "submitted" / f"s{n:04d}" / "ps1"
        home.mkdir(parents=True)
        (home / name).write_text(text, encoding="utf-8")
        if not broken:
            whole.append(home.parent.name)
    return whole


def nbgrader(course, *arguments):
    path = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic
    log = course.parent / "nbgrader.log"
    with log.open("a") as out:
        status, wall, cpu = run(
            [PYTHON, "-m", "nbgrader", *arguments],
            cwd=course, env=dict(os.environ, PATH=path), stdout=out, stderr=out)
    if status != 0:
        sys.exit(f"nbgrader {arguments[0]} failed; see {log}")
    return wall, cpu


def scores(sheet):
    with sheet.open(encoding="utf-8", newline="") as rows:
        return {r["student_id"]: float(r["score"]) for r in csv.DictReader(rows)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--nbgrader-students", type=int, default=2)
    parser.add_argument("--paniclab", default=str(ROOT / "paniclab"), help="the command to time")
    args = parser.parse_args()
    work = TARGET / "work"
    course = work / "course"
    shutil.rmtree(work, ignore_errors=True)
    course.mkdir(parents=True)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", TARGET / "venv"], check=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "-q", "-r", REQUIREMENTS], check=True)
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([args.paniclab, "kernel", "install", "--prefix", TARGET / "venv"], **quiet)
    subprocess.run(
        [args.paniclab, "release", course, "--assignment", "ps1", "--chapter", "ch1"], **quiet)
    nbgrader(course, "generate_assignment", "ps1", "--create")
    release = (course / "release" / "ps1" / "ps1.ipynb").read_text(encoding="utf-8")
    whole = write_class(release, course, args.students)
    cells = len(json.loads(release)["cells"])
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
          f"{len(answers(json.loads(release)))} items in a notebook of {cells} cells")
    _, idle, idle_cpu = run([args.paniclab, "grade", course, "--shard", "1/1000000", "--out",
                             work / "none.csv"], stderr=subprocess.DEVNULL)
    sheet = work / "grades.csv"
    with (work / "grade.log").open("w") as log:
        status, wall, cpu = run([args.paniclab, "grade", course, "--out", sheet], stderr=log)
    ours, n = scores(sheet), args.students
    print(f"paniclab grade: {len(ours)} rows of {n}, exit {status}, {wall:.2f} s wall, {cpu:.2f} s "
          f"CPU, of it {idle_cpu:.2f} s for starting and for the keys; "
          f"{n / cpu:.1f} submissions per CPU second in all, "
          f"{n / max(cpu - idle_cpu, 0.001):.0f} without that")
    few = whole[:args.nbgrader_students]
    if few:
        wall = cpu = 0
        for student in few:
            w, c = nbgrader(course, "autograde", "ps1", "--create", "--student", student)
            wall, cpu = wall + w, cpu + c
        nbgrader(course, "export")
        theirs = scores(course / "grades.csv")
        print(f"nbgrader autograde: {len(few)} submissions, {wall:.2f} s wall, {cpu:.2f} s CPU; "
              f"{len(few) / cpu:.3f} submissions per CPU second")
        for student in few:
            same = abs(theirs[student] - ours[student]) < 0.006
            print(f"  {student}: nbgrader {theirs[student]:.2f}, paniclab {ours[student]:.2f}"
                  + ("" if same else "  DIFFERENT"))


if __name__ == "__main__":
    main()

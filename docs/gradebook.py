#!/usr/bin/env python3
"""Writes what `paniclab grade` computed into nbgrader's grade book, as manual scores.

    python3 gradebook.py grades.items.csv gradebook.db --assignment ps1

Run it with the Python that nbgrader is installed in, while no other nbgrader command is running.
A copy of the grade book is made first, beside it. Then all scores are written in one transaction:
all of them or, where anything goes wrong, none. Rows that the grade book has no place for (nobody
handed in, or nbgrader has not graded it) are listed and left out.

Exit status: 0 all written, 1 some rows were left out, 2 nothing was written.
"""

import argparse
import csv
import datetime
import pathlib
import sqlite3
import sys

# Behind an item's name, in the name of the cell that nbgrader grades; a name has 64 characters at most.
SUFFIX = "-check"
LONGEST = 64


def copy_of(book: pathlib.Path) -> pathlib.Path:
    """A consistent copy of the grade book, beside it."""
    stamp = datetime.datetime.now().strftime("%Y%m%dT%H%M%S")
    copy = book.with_name(f"{book.name}.{stamp}.bak")
    with sqlite3.connect(book) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("items", type=pathlib.Path, help="the items.csv beside the grades")
    parser.add_argument("book", type=pathlib.Path, help="nbgrader's gradebook.db")
    parser.add_argument("--assignment", required=True)
    parser.add_argument("--notebook", help="default: the assignment's name")
    options = parser.parse_args()
    try:
        from nbgrader.api import Gradebook, MissingEntry
    except ImportError:
        print("nbgrader is not installed in this Python; use the one it is in", file=sys.stderr)
        return 2
    if not options.book.is_file():
        print(f"{options.book}: there is no such grade book", file=sys.stderr)
        return 2
    try:
        with options.items.open(encoding="utf-8-sig", newline="") as file:
            rows = [(r["student_id"], r["item"], float(r["score"])) for r in csv.DictReader(file)]
    except (OSError, KeyError, ValueError) as e:
        print(f"{options.items}: is no items.csv of paniclab grade: {e!r}", file=sys.stderr)
        return 2
    print(f"copy: {copy_of(options.book)}")
    notebook = options.notebook or options.assignment
    left_out = 0
    with Gradebook(f"sqlite:///{options.book.resolve()}") as book:
        for student, item, score in rows:
            cell = item.replace("~", "-v")[: LONGEST - len(SUFFIX)] + SUFFIX
            try:
                grade = book.find_grade(cell, notebook, options.assignment, student)
            except MissingEntry as e:
                print(f"left out: {student}, {item}: {e}", file=sys.stderr)
                left_out += 1
                continue
            grade.manual_score = score
            grade.needs_manual_grade = False
        book.db.commit()
    print(f"{len(rows) - left_out} scores written, {left_out} left out")
    return 1 if left_out else 0


if __name__ == "__main__":
    sys.exit(main())

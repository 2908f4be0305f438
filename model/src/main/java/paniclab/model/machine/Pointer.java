package paniclab.model.machine;

/** A Go pointer: to one cell. */
public record Pointer(Cells cells, int index) {
  @Override
  public boolean equals(Object o) {
    return o instanceof Pointer p && p.cells == cells && p.index == index;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(cells) * 31 + index;
  }
}

package paniclab.model.machine;

/**
 * A piece of Go memory: a variable (one cell), a struct (a cell for each field) or an array (a cell
 * for each element).
 *
 * <p>A cell is a long or a reference, as its type says; the array that no cell needs is null. A
 * cell of struct or array type holds a Cells of its own, which is never replaced, only written
 * into: so pointers to its parts stay good.
 *
 * <p>Cells that stand for memory of C (their site is a {@link CView}) have no arrays while C may
 * write there; the first access of Go fails and fetches them.
 */
public final class Cells {
  /** Numbers, booleans, floats as bits. */
  public long[] longs;

  /** All other values. */
  public Object[] refs;

  /** The instruction that allocated it, for races and messages; null where it does not matter. */
  Object site;

  public Cells(long[] longs, Object[] refs) {
    this.longs = longs;
    this.refs = refs;
  }

  /** Number of cells. */
  public int size() {
    return longs != null ? longs.length : refs == null ? 0 : refs.length;
  }

  /** A copy with copies of all parts. */
  public Cells copy() {
    Object[] r = null;
    if (refs != null) {
      r = refs.clone();
      for (int i = 0; i < r.length; i++) {
        if (r[i] instanceof Cells c) {
          r[i] = c.copy();
        }
      }
    }
    return new Cells(longs == null ? null : longs.clone(), r);
  }

  /** Writes another value of the same type into this one, in place. */
  public void assign(Cells from) {
    if (longs != null) {
      System.arraycopy(from.longs, 0, longs, 0, longs.length);
    }
    if (refs != null) {
      for (int i = 0; i < refs.length; i++) {
        if (refs[i] instanceof Cells c) {
          c.assign((Cells) from.refs[i]);
        } else {
          refs[i] = from.refs[i];
        }
      }
    }
  }
}

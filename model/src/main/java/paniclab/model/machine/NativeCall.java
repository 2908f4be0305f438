package paniclab.model.machine;

import paniclab.model.program.GoString;

/** A call of a native: its arguments and where its results go. */
public final class NativeCall {
  private final Machine machine;
  private final Goroutine goroutine;
  private final Frame frame;
  private final Code code;
  private final int[] where;

  NativeCall(Machine machine, Goroutine goroutine, Frame frame, int[] where) {
    this.machine = machine;
    this.goroutine = goroutine;
    this.frame = frame;
    this.code = frame.code;
    this.where = where;
  }

  /** The machine. */
  public Machine machine() {
    return machine;
  }

  /** The caller. */
  public Goroutine goroutine() {
    return goroutine;
  }

  /** The i-th argument, where it is a number, a bool or a float (as bits). */
  public long longArg(int i) {
    return frame.longs[where[i]];
  }

  /** The i-th argument, of any other type; null for nil. */
  public Object refArg(int i) {
    return frame.refs[where[i]];
  }

  /** The i-th argument, a string. */
  public GoString stringArg(int i) {
    return (GoString) frame.refs[where[i]];
  }

  /** The static type of the i-th argument. */
  public RType argType(int i) {
    return machine.image.type(code.function.signature().parameters().get(i));
  }

  /** The type of the only result. */
  paniclab.model.program.GoType resultType() {
    return code.function.signature().results().getFirst();
  }

  /** Sets the only result. */
  public void setLong(long v) {
    frame.longs[where[where.length - 1]] = v;
  }

  /** Sets the only result. */
  public void setRef(Object v) {
    frame.refs[where[where.length - 1]] = v;
  }

  /** Sets the only result. */
  public void setBool(boolean v) {
    setLong(v ? 1 : 0);
  }

  /** Sets the k-th of several results. */
  public void setLong(int k, long v) {
    tuple().longs[k] = v;
  }

  /** Sets the k-th of several results. */
  public void setRef(int k, Object v) {
    tuple().refs[k] = v;
  }

  private Cells tuple() {
    return (Cells) frame.refs[where[where.length - 1]];
  }
}

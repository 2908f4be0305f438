package paniclab.model.machine;

/** The natives of the standard library that golang/gofront/std describes. */
public final class StandardNatives {
  private StandardNatives() {}

  private static final Natives ALL = make();

  private static Natives make() {
    Natives n = new Natives();
    CgoNatives.addTo(n);
    SyncNatives.addTo(n);
    AtomicNatives.addTo(n);
    RuntimeNatives.addTo(n);
    FileNatives.addTo(n);
    SystemNatives.addTo(n);
    TimeNatives.addTo(n);
    BytesNatives.addTo(n);
    MathNatives.addTo(n);
    TypeNatives.addTo(n);
    VariableNatives.addTo(n);
    return n;
  }

  /** All of them. */
  public static Natives get() {
    return ALL;
  }

  /** The struct or array in the variable that a pointer points to. */
  static Cells struct(Object pointer) {
    Pointer p = Memory.pointer(pointer);
    return (Cells) p.cells().refs[p.index()];
  }
}

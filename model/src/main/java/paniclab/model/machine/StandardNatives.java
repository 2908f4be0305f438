package paniclab.model.machine;

/** All natives of the model. */
public final class StandardNatives {
  private StandardNatives() {}

  /** A fresh table. */
  public static Natives get() {
    Natives n = new Natives();
    return n;
  }
}

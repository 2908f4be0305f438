package paniclab.golang.internal;

import java.io.IOException;
import java.io.InputStream;

/** The functions of the standard library, which the build translated. */
public final class Library {
  private Library() {}

  private static final class Holder {
    static final Unit UNIT = load();
  }

  /** The library, opened at the first call. */
  public static Unit unit() {
    return Holder.UNIT;
  }

  private static Unit load() {
    try (InputStream in = Library.class.getResourceAsStream("std.unit")) {
      if (in == null) {
        throw new IllegalStateException("the resource std.unit is missing from this build");
      }
      return new Unit(in.readAllBytes(), 0);
    } catch (IOException e) {
      throw new IllegalStateException("the resource std.unit cannot be read", e);
    }
  }
}

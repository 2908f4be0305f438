package paniclab.kernel.link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A throwable as data.
 *
 * @param className binary name of its class
 * @param message empty where it has none
 * @param frames innermost first, at most {@link #MAX_FRAMES}
 * @param cause what caused it
 */
public record Thrown(
    String className,
    Optional<String> message,
    List<StackTraceElement> frames,
    Optional<Thrown> cause) {
  /** The most frames that are kept of one throwable. */
  public static final int MAX_FRAMES = 1024;

  /** The most causes that are followed. */
  public static final int MAX_CAUSES = 16;

  public Thrown {
    frames = List.copyOf(frames);
  }

  /** Reads a throwable; never fails, whatever its methods do. */
  public static Thrown of(Throwable t) {
    return of(t, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static Thrown of(Throwable t, Set<Throwable> seen) {
    seen.add(t);
    Throwable cause = causeOf(t);
    Optional<Thrown> inner =
        cause == null || seen.contains(cause) || seen.size() >= MAX_CAUSES
            ? Optional.empty()
            : Optional.of(of(cause, seen));
    return new Thrown(t.getClass().getName(), messageOf(t), framesOf(t), inner);
  }

  private static @org.jspecify.annotations.Nullable Throwable causeOf(Throwable t) {
    try {
      return t.getCause();
    } catch (Throwable broken) {
      return null;
    }
  }

  private static Optional<String> messageOf(Throwable t) {
    try {
      return Optional.ofNullable(t.getLocalizedMessage());
    } catch (Throwable broken) {
      return Optional.of("(its getMessage threw " + broken.getClass().getName() + ")");
    }
  }

  private static List<StackTraceElement> framesOf(Throwable t) {
    try {
      StackTraceElement[] all = t.getStackTrace();
      return new ArrayList<>(List.of(all).subList(0, Math.min(all.length, MAX_FRAMES)));
    } catch (Throwable broken) {
      return List.of();
    }
  }

  /** The class's name without its package, as error names are shown. */
  public String simpleName() {
    String afterPackage = className.substring(className.lastIndexOf('.') + 1);
    int inner = afterPackage.startsWith("$JShell$") ? afterPackage.lastIndexOf('$') : -1;
    return afterPackage.substring(inner + 1);
  }
}

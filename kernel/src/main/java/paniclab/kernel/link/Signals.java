package paniclab.kernel.link;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT. The JDK's class for signals is not of the documented ones (module jdk.unsupported), so it
 * is reached by reflection: where it is missing, interrupts come by message alone.
 */
public final class Signals {
  private Signals() {}

  /** Takes no notice of SIGINT. */
  public static void ignoreInterrupt() {
    onInterrupt(() -> {});
  }

  /** Runs something, in a thread of its own, for each SIGINT. */
  public static void onInterrupt(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> handle(self, method.getName(), arguments, action));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      System.getLogger(Signals.class.getName())
          .log(System.Logger.Level.INFO, "no SIGINT here: {0}", e.toString());
    }
  }

  private static @Nullable Object handle(
      Object self, String method, Object @Nullable [] arguments, Runnable action) {
    return switch (method) {
      case "handle" -> {
        action.run();
        yield null;
      }
      case "equals" -> arguments != null && self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "SIGINT handler";
    };
  }
}

package paniclab.model.c;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rules for passing pointers to C, as {@code src/runtime/cgocall.go} checks them ({@code
 * cgoCheckArg} and {@code cgoCheckUnknownPointer}): Go memory may be passed if what lies in it
 * holds no Go pointer, unless what that points to is pinned. The check is done before C is called,
 * and a violation is a panic that recover can stop. Pure; by hand:
 *
 * <pre>
 * var n = GoObject.named("n");
 * var b = GoObject.named("b").holding(new PointerCheck.Value.Pointer(n));
 * PointerCheck.argument(new PointerCheck.Value.Pointer(b))    // the panic's text
 * n.pin();
 * PointerCheck.argument(new PointerCheck.Value.Pointer(b))    // empty: it may pass
 * </pre>
 */
public final class PointerCheck {
  /** The text of the panic for an argument of a C function. */
  public static final String ARGUMENT =
      "argument of cgo function has Go pointer to unpinned Go pointer";

  private PointerCheck() {}

  /** An object that a pointer may point to. */
  public interface Memory {
    /** Whether it is Go's: memory of C is not looked into. */
    boolean isGo();

    /** Whether a {@code runtime.Pinner} holds it. */
    boolean isPinned();

    /** Whether it is a global variable, which is not looked into. */
    boolean isGlobal();

    /** All that lies in it. */
    List<Value> content();
  }

  /** What may be passed, or lie in memory. */
  public sealed interface Value {
    /** A number: nothing to check. */
    record Plain() implements Value {}

    /** A pointer, of any type. */
    record Pointer(Memory to) implements Value {}

    /** A slice; its elements up to its capacity. */
    record Slice(Memory array, Supplier<List<Value>> elements) implements Value {}

    /** A string; one that is a constant of the program lies outside Go's heap. */
    record Text(boolean onHeap) implements Value {}

    /** A map, a channel or a function that is not nil: never let through. */
    record Container() implements Value {}

    /** An interface with something in it. */
    record Boxed(Value value) implements Value {}

    /** A struct or an array. */
    record Compound(Supplier<List<Value>> parts) implements Value {}
  }

  /** The text of the panic that passing this value to C raises; absent if it may pass. */
  public static Optional<String> argument(Value value) {
    return passes(value, true) ? Optional.empty() : Optional.of(ARGUMENT);
  }

  /**
   * cgoCheckArg: whether a value may pass.
   *
   * @param top whether it is passed itself, so that it may be a Go pointer
   */
  public static boolean passes(Value value, boolean top) {
    return switch (value) {
      case Value.Plain() -> true;
      case Value.Text(boolean onHeap) -> top || !onHeap;
      case Value.Container() -> false;
      case Value.Pointer(Memory to) ->
          !to.isGo() || mayPoint(to, top) && (to.isGlobal() || hidesNone(to.content()));
      case Value.Slice(Memory array, Supplier<List<Value>> elements) ->
          !array.isGo() || mayPoint(array, top) && all(elements.get(), false);
      case Value.Boxed(Value v) -> (top || !isLoosePointer(v)) && passes(v, false);
      case Value.Compound(Supplier<List<Value>> parts) -> all(parts.get(), top);
    };
  }

  private static boolean all(List<Value> values, boolean top) {
    return values.stream().allMatch(v -> passes(v, top));
  }

  private static boolean mayPoint(Memory to, boolean top) {
    return top || to.isPinned();
  }

  /** cgoCheckUnknownPointer: no word of an object is a Go pointer that is not pinned. */
  private static boolean hidesNone(List<Value> content) {
    return content.stream()
        .noneMatch(v ->
            switch (v) {
              case Value.Plain() -> false;
              case Value.Pointer _ -> isLoosePointer(v);
              case Value.Slice(Memory array, Supplier<List<Value>> _) ->
                  array.isGo() && !array.isPinned();
              case Value.Text(boolean onHeap) -> onHeap;
              case Value.Container() -> true;
              case Value.Boxed(Value inside) -> isLoosePointer(inside);
              case Value.Compound(Supplier<List<Value>> parts) -> !hidesNone(parts.get());
            });
  }

  /** Whether a value is a pointer into Go's memory that is not pinned. */
  private static boolean isLoosePointer(Value v) {
    return v instanceof Value.Pointer(Memory to) && to.isGo() && !to.isPinned();
  }
}

package paniclab.model.c;

import java.util.ArrayList;
import java.util.List;

/** An object of Go's heap, made by hand to try the {@link PointerCheck} on. */
public final class GoObject implements PointerCheck.Memory {
  private final String name;
  private final List<PointerCheck.Value> content = new ArrayList<>();
  private int pins;

  private GoObject(String name) {
    this.name = name;
  }

  /** One that holds no pointer yet. */
  public static GoObject named(String name) {
    return new GoObject(name);
  }

  /** Puts a value into it. */
  public GoObject holding(PointerCheck.Value value) {
    content.add(value);
    return this;
  }

  /** {@code Pinner.Pin}; it may be called more than once. */
  public GoObject pin() {
    pins++;
    return this;
  }

  /**
   * {@code Pinner.Unpin} of one that pinned it.
   *
   * @throws IllegalStateException if none has
   */
  public GoObject unpin() {
    if (pins == 0) {
      throw new IllegalStateException(name + " is not pinned");
    }
    pins--;
    return this;
  }

  /** A pointer to it. */
  public PointerCheck.Value pointer() {
    return new PointerCheck.Value.Pointer(this);
  }

  @Override
  public boolean isGo() {
    return true;
  }

  @Override
  public boolean isPinned() {
    return pins > 0;
  }

  @Override
  public boolean isGlobal() {
    return false;
  }

  @Override
  public List<PointerCheck.Value> content() {
    return List.copyOf(content);
  }

  @Override
  public String toString() {
    return name + (isPinned() ? " (pinned)" : "");
  }
}

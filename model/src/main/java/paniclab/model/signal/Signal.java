package paniclab.model.signal;

import java.util.List;

/**
 * A signal of Linux as the Go runtime sees it: a line of {@code sigtable} in {@code
 * src/runtime/sigtab_linux_generic.go}.
 *
 * @param number 1 to 64
 * @param name e.g. SIGQUIT; {@code signal 35} for those without a name
 * @param text what follows the name in a dump, e.g. {@code quit}; empty for those without a name
 * @param description what {@code syscall.Signal.String} gives, e.g. {@code terminated}
 * @param flags of the runtime
 */
public record Signal(
    int number, String name, String text, String description, List<SigFlag> flags) {
  /** Killing a process with signal n is this much plus n for a shell. */
  public static final int SHELL_BASE = 128;

  public Signal {
    flags = List.copyOf(flags);
  }

  /** Whether the runtime has written this down about it. */
  public boolean has(SigFlag flag) {
    return flags.contains(flag);
  }

  /** The first line of a dump, e.g. {@code SIGQUIT: quit}. */
  public String header() {
    return text.isEmpty() ? name : name + ": " + text;
  }

  /** What a shell's {@code $?} is when a process was killed by it. */
  public int killedStatus() {
    return SHELL_BASE + number;
  }

  /** What the kernel itself does where no handler is installed (signal(7)). */
  public KernelAction kernelAction() {
    return switch (number) {
      case 17, 23, 28 -> KernelAction.IGNORE;
      case 18 -> KernelAction.CONTINUE;
      case 19, 20, 21, 22 -> KernelAction.STOP;
      default -> KernelAction.TERMINATE;
    };
  }

  /** The kernel's own actions; a core file, which it may write too, is not told apart. */
  public enum KernelAction {
    TERMINATE,
    IGNORE,
    STOP,
    CONTINUE
  }

  @Override
  public String toString() {
    return name;
  }
}

package paniclab.model.program;

import java.util.List;
import java.util.OptionalInt;

/**
 * A function in static single assignment form.
 *
 * @param name unique in the program, as {@code ssa.Function.String} gives it, e.g. {@code main.f$1}
 *     or {@code (*sync.WaitGroup).Add}
 * @param displayName as gc prints it in a stack trace, e.g. {@code main.f.func1}
 * @param packagePath import path of the package it belongs to
 * @param position of the func keyword
 * @param signature with the receiver as first parameter
 * @param parameterCount how many slots, from slot 0, are parameters (receiver included)
 * @param freeVariableCount how many slots after those are free variables (pointers to captured)
 * @param slots all registers
 * @param blocks empty for a function whose body is not Go (a native of the model)
 * @param recoverBlock where control goes on after a recovered panic, once the remaining deferred
 *     calls have run; absent: return zero values
 */
public record Function(
    String name,
    String displayName,
    String packagePath,
    Origin origin,
    Position position,
    GoType.Signature signature,
    int parameterCount,
    int freeVariableCount,
    List<Slot> slots,
    List<Block> blocks,
    OptionalInt recoverBlock) {

  public Function {
    slots = List.copyOf(slots);
    blocks = List.copyOf(blocks);
  }

  /** Why a function exists. */
  public enum Origin {
    /** Written in source (closures and generic instances too). */
    SOURCE,
    /** The package initialiser. */
    INIT,
    /** Made by the compiler around a method: hidden in traces, transparent to recover. */
    WRAPPER,
    /** Without a body in Go: a native of the model. */
    EXTERNAL
  }

  /**
   * A register.
   *
   * @param variable the source name of the local variable it holds, or empty
   */
  public record Slot(GoType type, String variable) {}

  /** A basic block: predecessors by index (for phis) and instructions, the last one a jump. */
  public record Block(List<Integer> predecessors, List<Instruction> instructions) {
    public Block {
      predecessors = List.copyOf(predecessors);
      instructions = List.copyOf(instructions);
    }
  }
}

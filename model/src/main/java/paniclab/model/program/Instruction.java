package paniclab.model.program;

import java.util.List;
import java.util.Optional;

/**
 * One instruction in static single assignment form, after {@code golang.org/x/tools/go/ssa}, one to
 * one: see that package for what each means. Those that make a value name the register it goes to,
 * {@code dst}.
 */
public sealed interface Instruction {
  /** Where in the source, as gc's tables would say for a stack trace. */
  Position position();

  /** A new variable, zeroed; {@code heap} when gc's own rule would not keep it on the stack. */
  record Alloc(int dst, GoType type, boolean heap, String name, Position position)
      implements Instruction {}

  /**
   * {@code x op y}; {@code op} as in Go source: + - * / % &amp; | ^ << >> &amp;^ == != < <= > >=.
   */
  record BinOp(
      int dst,
      String op,
      Operand x,
      Operand y,
      GoType xType,
      GoType yType,
      GoType type,
      Position position)
      implements Instruction {}

  /** {@code op x}: * (load), &lt;- (receive), -, !, ^. With commaOk the result is a pair. */
  record UnOp(
      int dst, String op, Operand x, GoType xType, boolean commaOk, GoType type, Position position)
      implements Instruction {}

  /** A call; {@code type} is that of the result, a tuple for none or several. */
  record CallInstruction(int dst, Call call, GoType type, Position position)
      implements Instruction {}

  /** A go statement. */
  record Go(Call call, Position position) implements Instruction {}

  /**
   * A defer statement.
   *
   * @param stack the defer stack to push on, where it is not the function's own (range over
   *     functions)
   */
  record Defer(Call call, Optional<Operand> stack, Position position) implements Instruction {}

  /** Runs the deferred calls of this function, last in first out. */
  record RunDefers(Position position) implements Instruction {}

  /** {@code panic(x)}; x is an interface value. */
  record Panic(Operand x, Position position) implements Instruction {}

  /** Returns from the function. */
  record Return(List<Operand> results, Position position) implements Instruction {
    public Return {
      results = List.copyOf(results);
    }
  }

  /** Goes to one block or the other. */
  record If(Operand condition, int thenBlock, int elseBlock, Position position)
      implements Instruction {}

  /** Goes to a block. */
  record Jump(int block, Position position) implements Instruction {}

  /**
   * Takes the value of the edge control came by; edges in the order of the block's predecessors.
   */
  record Phi(int dst, List<Operand> edges, GoType type, Position position) implements Instruction {
    public Phi {
      edges = List.copyOf(edges);
    }
  }

  /** {@code *address = value}. */
  record Store(Operand address, Operand value, GoType valueType, Position position)
      implements Instruction {}

  /** {@code &x.field}; x is a pointer to a struct. */
  record FieldAddr(int dst, Operand x, int field, GoType structType, GoType type, Position position)
      implements Instruction {}

  /** {@code x.field}; x is a struct. */
  record Field(int dst, Operand x, int field, GoType structType, GoType type, Position position)
      implements Instruction {}

  /** {@code &x[index]}; x is a slice or a pointer to an array. */
  record IndexAddr(
      int dst,
      Operand x,
      Operand index,
      GoType xType,
      GoType indexType,
      GoType type,
      Position position)
      implements Instruction {}

  /** {@code x[index]}; x is an array or a string. */
  record Index(
      int dst,
      Operand x,
      Operand index,
      GoType xType,
      GoType indexType,
      GoType type,
      Position position)
      implements Instruction {}

  /** {@code x[index]}; x is a map (or, in older forms, a string). */
  record Lookup(
      int dst,
      Operand x,
      Operand index,
      GoType xType,
      boolean commaOk,
      GoType type,
      Position position)
      implements Instruction {}

  /** {@code map[key] = value}. */
  record MapUpdate(Operand map, Operand key, Operand value, GoType mapType, Position position)
      implements Instruction {}

  /** {@code make(map)}. */
  record MakeMap(int dst, Optional<Operand> reserve, GoType type, Position position)
      implements Instruction {}

  /** {@code make(chan, size)}. */
  record MakeChan(int dst, Operand size, GoType sizeType, GoType type, Position position)
      implements Instruction {}

  /** {@code make([]T, length, capacity)}. */
  record MakeSlice(
      int dst,
      Operand length,
      Operand capacity,
      GoType lengthType,
      GoType capacityType,
      GoType type,
      Position position)
      implements Instruction {}

  /** A function value with its free variables bound. */
  record MakeClosure(
      int dst, String function, List<Operand> bindings, GoType type, Position position)
      implements Instruction {
    public MakeClosure {
      bindings = List.copyOf(bindings);
    }
  }

  /** Puts a value of a concrete type into an interface. */
  record MakeInterface(int dst, Operand x, GoType xType, GoType type, Position position)
      implements Instruction {}

  /** Changes the type and not the value. */
  record ChangeType(int dst, Operand x, GoType xType, GoType type, Position position)
      implements Instruction {}

  /** From one interface type to another that cannot fail. */
  record ChangeInterface(int dst, Operand x, GoType xType, GoType type, Position position)
      implements Instruction {}

  /** A conversion between basic types, strings and byte or rune slices, unsafe pointers. */
  record Convert(int dst, Operand x, GoType xType, GoType type, Position position)
      implements Instruction {}

  /** A conversion in generic code whose operand has several core types. */
  record MultiConvert(int dst, Operand x, GoType xType, GoType type, Position position)
      implements Instruction {}

  /** {@code (*[N]T)(slice)}; panics when the slice is too short. */
  record SliceToArrayPointer(int dst, Operand x, GoType xType, GoType type, Position position)
      implements Instruction {}

  /** {@code x.(T)}. */
  record TypeAssert(
      int dst,
      Operand x,
      GoType xType,
      GoType asserted,
      boolean commaOk,
      GoType type,
      Position position)
      implements Instruction {}

  /** One component of a tuple. */
  record Extract(int dst, Operand tuple, int index, GoType type, Position position)
      implements Instruction {}

  /** An iterator over a string or a map. */
  record Range(int dst, Operand x, GoType xType, Position position) implements Instruction {}

  /** The next (ok, key, value) of an iterator. */
  record Next(int dst, Operand iterator, boolean isString, GoType type, Position position)
      implements Instruction {}

  /** {@code channel <- x}. */
  record Send(Operand channel, Operand x, GoType xType, Position position) implements Instruction {}

  /** One case of a select: a send of a value, or a receive. */
  record SelectCase(
      Operand channel, Optional<Operand> send, GoType channelType, Position position) {}

  /** A select; gives (index, receiveOk, received values of the receive cases in order). */
  record Select(int dst, boolean blocking, List<SelectCase> cases, GoType type, Position position)
      implements Instruction {
    public Select {
      cases = List.copyOf(cases);
    }
  }

  /** {@code x[low:high:max]}; x is a string, a slice or a pointer to an array. */
  record Slice(
      int dst,
      Operand x,
      Optional<Operand> low,
      Optional<Operand> high,
      Optional<Operand> max,
      GoType xType,
      GoType type,
      Position position)
      implements Instruction {}
}

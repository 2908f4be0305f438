package paniclab.model.c;

import java.util.List;
import java.util.Optional;

/**
 * The C beside a Go program, as the front end translated it; {@code golang/gofront/FORMAT.md} has
 * the operations.
 *
 * @param functions defined ones, and those that the C library or Go has
 * @param data variables with static storage, and strings
 * @param exports Go functions that C may call
 */
public record CProgram(List<Function> functions, List<Datum> data, List<Export> exports) {
  /** A program without C. */
  public static final CProgram NONE = new CProgram(List.of(), List.of(), List.of());

  public CProgram {
    functions = List.copyOf(functions);
    data = List.copyOf(data);
    exports = List.copyOf(exports);
  }

  /** A parameter: how it is kept, where in the frame, and the size of a struct. */
  public record Param(CKind kind, int offset, int size) {}

  /**
   * A function.
   *
   * @param name as it is called in C
   * @param file of its definition
   * @param isStatic whether only its own file sees it
   * @param defined whether it has code here
   * @param variadic whether it takes more arguments than it names
   * @param cPlusPlus whether it is of a C++ file
   * @param weak whether the program may be linked without it: its address is then 0
   * @param resultSize bytes of a struct that it returns, else 0
   * @param frame bytes of its local variables
   * @param sure how many of them no optimization removes
   * @param registers how many temporaries its code uses
   */
  public record Function(
      String name,
      String file,
      boolean isStatic,
      boolean defined,
      boolean variadic,
      boolean cPlusPlus,
      boolean weak,
      List<Param> params,
      CKind result,
      int resultSize,
      int frame,
      int sure,
      int registers,
      long[] code) {
    public Function {
      params = List.copyOf(params);
    }
  }

  /** A place in a datum that holds an address: of a function, or of a datum and an addend. */
  public record Reloc(int offset, boolean function, int index, long addend) {}

  /** A variable with static storage; bytes that are not given are 0. A weak one may be missing. */
  public record Datum(
      String name,
      int size,
      int align,
      boolean readOnly,
      boolean defined,
      boolean weak,
      byte[] bytes,
      List<Reloc> relocs) {
    public Datum {
      relocs = List.copyOf(relocs);
    }
  }

  /** A Go function: its name in C, that of its wrapper in Go. */
  public record Export(String name, String function, String place) {}

  /** The number of the function of this name that other files see, or that the one file has. */
  public Optional<Integer> function(String name) {
    int found = -1;
    for (int i = 0; i < functions.size(); i++) {
      Function f = functions.get(i);
      if (f.name().equals(name) && (found < 0 || !f.isStatic())) {
        found = i;
      }
    }
    return found < 0 ? Optional.empty() : Optional.of(found);
  }

  /** The Go function that C calls by this name. */
  public Optional<Export> export(String name) {
    return exports.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return functions.isEmpty() && data.isEmpty() && exports.isEmpty();
  }
}

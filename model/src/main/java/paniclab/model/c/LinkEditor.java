package paniclab.model.c;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The link editor, GNU ld: which of the files on its command line become part of the program, whose
 * definition of a symbol wins, and what it says where one is missing or there are two. The order of
 * the command line decides; that is what "link order" means.
 *
 * <p>Source: the manual of GNU ld 2.40, options {@code -l}, {@code --as-needed}, {@code
 * --allow-multiple-definition}.
 */
public final class LinkEditor {
  private LinkEditor() {}

  /**
   * What a file defines.
   *
   * @param weak whether another definition may replace it
   */
  public record Definition(String symbol, boolean weak) {
    /** A definition of which there may be one only. */
    public static Definition strong(String symbol) {
      return new Definition(symbol, false);
    }

    /** A definition that gives way. */
    public static Definition weak(String symbol) {
      return new Definition(symbol, true);
    }
  }

  /** A file on the command line. */
  public sealed interface Input permits ObjectFile, Archive, SharedLibrary {
    /** As ld names it. */
    String name();
  }

  /**
   * An object file: always a part of the program.
   *
   * @param needs the symbols that it uses and does not define
   */
  public record ObjectFile(String name, List<Definition> defines, List<String> needs)
      implements Input {
    public ObjectFile {
      defines = List.copyOf(defines);
      needs = List.copyOf(needs);
    }

    private boolean defines(String symbol) {
      return defines.stream().anyMatch(d -> d.symbol().equals(symbol));
    }
  }

  /**
   * A static library. When ld comes to it, it takes the members that define what is undefined at
   * that time, and what these need in turn; it does not come back.
   */
  public record Archive(String name, List<ObjectFile> members) implements Input {
    public Archive {
      members = List.copyOf(members);
    }
  }

  /**
   * A shared library: none of it becomes a part of the program, but the program names it.
   *
   * @param asNeeded whether it stands after {@code --as-needed}: it is named only if something is
   *     undefined, when ld comes to it, that it defines
   */
  public record SharedLibrary(String name, List<String> symbols, boolean asNeeded)
      implements Input {
    public SharedLibrary {
      symbols = List.copyOf(symbols);
    }
  }

  /**
   * What came of it.
   *
   * @param errors one line each, without the place in the source
   * @param chosen from each symbol to the file whose definition is used
   * @param needed the shared libraries that the program names, NEEDED in {@code readelf -d}
   */
  public record Result(List<String> errors, Map<String, String> chosen, List<String> needed) {
    public Result {
      errors = List.copyOf(errors);
      chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
      needed = List.copyOf(needed);
    }

    /** Whether there is a program. */
    public boolean linked() {
      return errors.isEmpty();
    }
  }

  /**
   * Links the files in this order.
   *
   * @param allowMultipleDefinition the option of that name: of several strong definitions the first
   *     is used, and nothing is said
   */
  public static Result link(List<Input> inputs, boolean allowMultipleDefinition) {
    Link link = new Link(allowMultipleDefinition);
    inputs.forEach(link::add);
    return link.result();
  }

  private static final class Link {
    private final boolean allowMultiple;
    private final List<String> errors = new ArrayList<>();
    private final Map<String, Chosen> defined = new LinkedHashMap<>();
    private final Map<String, String> shared = new LinkedHashMap<>();
    private final Map<String, String> undefined = new LinkedHashMap<>();
    private final Set<String> referenced = new LinkedHashSet<>();
    private final List<String> needed = new ArrayList<>();

    private record Chosen(String file, boolean weak) {}

    Link(boolean allowMultiple) {
      this.allowMultiple = allowMultiple;
    }

    void add(Input input) {
      switch (input) {
        case ObjectFile o -> take(o, o.name());
        case Archive a -> search(a);
        case SharedLibrary l -> name(l);
      }
    }

    private void take(ObjectFile o, String as) {
      for (Definition d : o.defines()) {
        define(d, as);
      }
      for (String s : o.needs()) {
        referenced.add(s);
        if (!defined.containsKey(s) && !shared.containsKey(s)) {
          undefined.putIfAbsent(s, as);
        }
      }
    }

    private void define(Definition d, String file) {
      Chosen before = defined.get(d.symbol());
      undefined.remove(d.symbol());
      if (before == null || before.weak() && !d.weak()) {
        defined.put(d.symbol(), new Chosen(file, d.weak()));
      } else if (!before.weak() && !d.weak() && !allowMultiple) {
        errors.add(
            file
                + ": multiple definition of `"
                + d.symbol()
                + "'; "
                + before.file()
                + ": first defined here");
      }
    }

    private void search(Archive a) {
      Set<ObjectFile> left = new LinkedHashSet<>(a.members());
      for (Optional<ObjectFile> next = wanted(left); next.isPresent(); next = wanted(left)) {
        left.remove(next.get());
        take(next.get(), a.name() + "(" + next.get().name() + ")");
      }
    }

    private Optional<ObjectFile> wanted(Set<ObjectFile> members) {
      return members.stream()
          .filter(m -> undefined.keySet().stream().anyMatch(m::defines))
          .findFirst();
    }

    private void name(SharedLibrary l) {
      boolean used = l.symbols().stream().anyMatch(undefined::containsKey);
      if (l.asNeeded() && !used) {
        return;
      }
      needed.add(l.name());
      for (String s : l.symbols()) {
        shared.putIfAbsent(s, l.name());
        undefined.remove(s);
      }
    }

    Result result() {
      undefined.forEach((s, by) -> errors.add(by + ": undefined reference to `" + s + "'"));
      Map<String, String> chosen = new LinkedHashMap<>();
      for (String s : referenced) {
        Chosen own = defined.get(s);
        String from = own != null ? own.file() : shared.get(s);
        if (from != null) {
          chosen.put(s, from);
        }
      }
      return new Result(errors, chosen, needed);
    }
  }
}

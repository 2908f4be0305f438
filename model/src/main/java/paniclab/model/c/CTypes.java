package paniclab.model.c;

import java.util.List;

/** The exceptions of C++'s standard library: which is a kind of which. */
final class CTypes {
  private CTypes() {}

  private static final List<String> LOGIC =
      List.of(
          "std::invalid_argument", "std::domain_error", "std::length_error", "std::out_of_range");
  private static final List<String> RUNTIME =
      List.of("std::range_error", "std::overflow_error", "std::underflow_error");

  /** Whether it has a what(). */
  static boolean isException(String type) {
    return !base(type).isEmpty() || type.equals("std::exception");
  }

  private static String base(String type) {
    if (LOGIC.contains(type)) {
      return "std::logic_error";
    }
    if (RUNTIME.contains(type)) {
      return "std::runtime_error";
    }
    return type.equals("std::logic_error")
            || type.equals("std::runtime_error")
            || type.equals("std::bad_alloc")
        ? "std::exception"
        : "";
  }

  /** Whether a handler for one type catches an exception of another. */
  static boolean catches(String handler, String thrown) {
    if (handler.equals("...")) {
      return true;
    }
    for (String t = thrown; !t.isEmpty(); t = base(t)) {
      if (t.equals(handler)) {
        return true;
      }
    }
    return false;
  }
}

package paniclab.model.machine;

import paniclab.model.program.GoString;

/** Package internal/bytealg, and byte slices for other natives. */
final class BytesNatives {
  private BytesNatives() {}

  static void addTo(Natives n) {
    n.add(
        "internal/bytealg.Compare",
        c -> {
          c.setLong(compare((SliceValue) c.refArg(0), (SliceValue) c.refArg(1)));
          return Step.DONE;
        });
    n.add(
        "internal/bytealg.CompareString",
        c -> {
          c.setLong(Integer.signum(c.stringArg(0).compareTo(c.stringArg(1))));
          return Step.DONE;
        });
    n.add(
        "internal/bytealg.Equal",
        c -> {
          c.setBool(compare((SliceValue) c.refArg(0), (SliceValue) c.refArg(1)) == 0);
          return Step.DONE;
        });
    n.add("internal/bytealg.Count", c -> count(c, (SliceValue) c.refArg(0)));
    n.add("internal/bytealg.CountString", BytesNatives::countString);
    n.add("internal/bytealg.IndexByte", c -> index(c, (SliceValue) c.refArg(0)));
    n.add("internal/bytealg.IndexByteString", BytesNatives::indexString);
    n.add(
        "internal/bytealg.MakeNoZero",
        c -> {
          long length = c.longArg(0);
          if (length < 0 || length > 1L << 48) {
            throw GoPanic.runtime(GoPanic.ERROR, "makeslice: len out of range");
          }
          Machine m = c.machine();
          long capacity = Growth.roundUp(length);
          Cells cells = m.allocate(m.type(BYTE), capacity);
          c.setRef(new SliceValue(cells, 0, (int) length, (int) capacity));
          return Step.DONE;
        });
  }

  private static final paniclab.model.program.GoType BYTE =
      new paniclab.model.program.GoType.Basic(paniclab.model.program.GoType.Kind.UINT8);

  private static int compare(SliceValue a, SliceValue b) {
    int n = a == null ? 0 : a.length();
    int k = b == null ? 0 : b.length();
    for (int i = 0; i < n && i < k; i++) {
      int d = Long.compare(a.cells().longs[a.offset() + i], b.cells().longs[b.offset() + i]);
      if (d != 0) {
        return d;
      }
    }
    return Integer.compare(n, k);
  }

  private static Step count(NativeCall c, SliceValue s) {
    long n = 0;
    for (int i = 0; s != null && i < s.length(); i++) {
      n += s.cells().longs[s.offset() + i] == c.longArg(1) ? 1 : 0;
    }
    c.setLong(n);
    return Step.DONE;
  }

  private static Step countString(NativeCall c) {
    GoString s = c.stringArg(0);
    long n = 0;
    for (int i = 0; i < s.length(); i++) {
      n += s.byteAt(i) == c.longArg(1) ? 1 : 0;
    }
    c.setLong(n);
    return Step.DONE;
  }

  private static Step index(NativeCall c, SliceValue s) {
    for (int i = 0; s != null && i < s.length(); i++) {
      if (s.cells().longs[s.offset() + i] == c.longArg(1)) {
        c.setLong(i);
        return Step.DONE;
      }
    }
    c.setLong(-1);
    return Step.DONE;
  }

  private static Step indexString(NativeCall c) {
    GoString s = c.stringArg(0);
    for (int i = 0; i < s.length(); i++) {
      if (s.byteAt(i) == c.longArg(1)) {
        c.setLong(i);
        return Step.DONE;
      }
    }
    c.setLong(-1);
    return Step.DONE;
  }

  /** The bytes of a slice. */
  static GoString string(SliceValue s) {
    if (s == null) {
      return GoString.EMPTY;
    }
    byte[] b = new byte[s.length()];
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) s.cells().longs[s.offset() + i];
    }
    return GoString.wrap(b);
  }

  /** Copies what fits; how many bytes that is. */
  static int copyInto(SliceValue to, GoString from) {
    int n = to == null ? 0 : Math.min(to.length(), from.length());
    for (int i = 0; i < n; i++) {
      to.cells().longs[to.offset() + i] = from.byteAt(i);
    }
    return n;
  }
}

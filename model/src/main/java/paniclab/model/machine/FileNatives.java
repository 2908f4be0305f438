package paniclab.model.machine;

import java.util.Optional;
import paniclab.model.program.GoString;
import paniclab.model.trace.WaitReason;

/** Package internal/labfd: pipes, whose state is in Go, and files in memory. */
final class FileNatives {
  private FileNatives() {}

  /** The field of a pipe that counts its changes. */
  private static final int CHANGES = 0;

  private static final Native.Footprint PIPE = c -> Operation.on(c.refArg(0), Operation.Kind.WRITE);

  /** All files are one object to a search: they are rare. */
  private static final Native.Footprint FILES = c -> Operation.on("files", Operation.Kind.WRITE);

  static void addTo(Natives n) {
    pipes(n);
    files(n);
    mappings(n);
  }

  private static void pipes(Natives n) {
    n.add(
        "internal/labfd.park",
        PIPE,
        c -> changes(c) != c.longArg(1),
        c -> {
          if (changes(c) != c.longArg(1)) {
            return Step.DONE;
          }
          WaitReason why = c.longArg(2) != 0 ? WaitReason.IO_WAIT : WaitReason.SYSCALL;
          c.machine().parkOn(c.goroutine(), why, c.refArg(0));
          return Step.BLOCK;
        });
    n.add(
        "internal/labfd.wake",
        PIPE,
        c -> {
          Machine m = c.machine();
          for (Optional<Goroutine> g = m.firstWaiter(c.refArg(0));
              g.isPresent();
              g = m.firstWaiter(c.refArg(0))) {
            m.ready(g.get(), true, c.goroutine());
          }
          return Step.DONE;
        });
    n.add(
        "internal/labfd.raise",
        c -> Operation.fatal(ProcessSignals.OBJECT),
        c -> {
          c.machine().signals.brokenPipe(c.machine(), c.goroutine());
          c.machine().leaveIfEnded();
          return Step.DONE;
        });
  }

  private static long changes(NativeCall c) {
    Pointer p = (Pointer) c.refArg(0);
    return ((Cells) p.cells().refs[p.index()]).longs[CHANGES];
  }

  private static void files(Natives n) {
    n.add(
        "internal/labfd.newFile",
        FILES,
        c -> {
          c.setLong(c.machine().files.create());
          return Step.DONE;
        });
    n.add(
        "internal/labfd.truncateFile",
        FILES,
        c -> {
          c.machine().files.truncate((int) c.longArg(0), c.longArg(1));
          return Step.DONE;
        });
    n.add(
        "internal/labfd.readFile",
        FILES,
        c -> {
          SliceValue to = (SliceValue) c.refArg(2);
          byte[] b = new byte[to == null ? 0 : to.length()];
          int k = c.machine().files.read((int) c.longArg(0), c.longArg(1), b);
          BytesNatives.copyInto(to, GoString.wrap(b).slice(0, k));
          c.setLong(k);
          return Step.DONE;
        });
    n.add(
        "internal/labfd.writeFile",
        FILES,
        c -> {
          GoString s = BytesNatives.string((SliceValue) c.refArg(2));
          c.machine().files.write((int) c.longArg(0), c.longArg(1), s.toBytes());
          return Step.DONE;
        });
  }

  private static void mappings(Natives n) {
    n.add(
        "internal/labfd.mapFile",
        FILES,
        c -> {
          Machine m = c.machine();
          int length = (int) c.longArg(2);
          RawMemory.Mapping mapping =
              m.files.map(
                  (int) c.longArg(0), c.longArg(1), length, c.longArg(3) != 0, c.longArg(4) != 0);
          c.setRef(new SliceValue(m.image.raw(mapping), 0, length, length));
          return Step.DONE;
        });
    n.add(
        "internal/labfd.Unmap",
        FILES,
        c -> {
          boolean whole =
              c.refArg(0) instanceof SliceValue s
                  && s.offset() == 0
                  && RawMemory.of(s.cells()) instanceof RawMemory.Mapping p
                  && s.length() == c.machine().files.length(p)
                  && c.machine().files.unmap(p);
          c.setBool(whole);
          return Step.DONE;
        });
  }
}

package paniclab.model.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Packs frames that wait far below the innermost call, so that the deepest recursion Go allows fits
 * into the memory of the model: a frame of 112 bytes and its registers becomes what is still needed
 * of the registers, and a {@link Shape} that it shares with all frames waiting at the same place.
 */
final class Packer {
  private Packer() {}

  /** Frames from the innermost one on that stay as they are. */
  private static final int KEEP = 256;

  /** Fewer frames in a row than this are not worth it. */
  private static final int LEAST = 2;

  /** The most frames in one bridge, fewer if they are large: so many are unpacked at once. */
  private static final int CHUNK = 1024;

  /**
   * Packs what can be packed below a frame.
   *
   * @return bytes that the packed values take
   */
  static long pack(Image image, Frame from) {
    if (!isPlain(from)) {
      return 0;
    }
    Frame above = from;
    int kept = 0;
    while (kept < KEEP && from.words - above.words < Stacks.PACK_STEP / 2 && isPlain(above.up)) {
      above = above.up;
      kept++;
    }
    long bytes = 0;
    List<Frame> group = new ArrayList<>();
    Frame f = above.up;
    while (isPlain(f) && !f.examined) {
      f.examined = true;
      if (isPackable(f, group.isEmpty() ? above : group.getLast())) {
        group.add(f);
      } else {
        bytes += flush(image, above, group);
        above = f;
      }
      f = f.up;
    }
    return bytes + flush(image, above, group);
  }

  /** Frames below a panic are known to it; those below a bridge are packed already. */
  private static boolean isPlain(Frame f) {
    return f != null && f.getClass() == Frame.class;
  }

  private static boolean isPackable(Frame f, Frame callee) {
    return f.up != null
        && !f.injected
        && !callee.injected
        && !f.hasDefers()
        && !f.code.ownsDeferStack
        && CCall.of(f) == null;
  }

  /** Replaces the frames right below {@code above}, innermost first, by bridges. */
  private static long flush(Image image, Frame above, List<Frame> group) {
    long bytes = 0;
    if (group.size() >= LEAST) {
      Frame below = group.getLast().up;
      int words = (group.getFirst().words - below.words) / group.size();
      int chunk = Math.clamp(Stacks.PACK_STEP / Math.max(1, words), 1, CHUNK);
      for (int end = group.size(); end > 0; end -= chunk) {
        int begin = Math.max(0, end - chunk);
        Frame over = begin == 0 ? above : group.get(begin - 1);
        Bridge b = bridge(image, below, over, group.subList(begin, end));
        bytes += 8L * b.values.length + 8L * b.objects.length;
        below = b;
      }
      above.up = below;
    }
    group.clear();
    return bytes;
  }

  private static Bridge bridge(Image image, Frame below, Frame above, List<Frame> frames) {
    int n = frames.size();
    Shape[] shapes = new Shape[n];
    int values = 0;
    int objects = 0;
    for (int i = 0; i < n; i++) {
      Shape s = Shape.of(frames.get(n - 1 - i), i == n - 1 ? above : frames.get(n - 2 - i));
      shapes[i] = s;
      values += s.liveLongs;
      objects += s.live.length - s.liveLongs;
    }
    long[] longs = values == 0 ? NO_LONGS : new long[values];
    Object[] refs = objects == 0 ? NO_OBJECTS : new Object[objects];
    int v = 0;
    int o = 0;
    for (int i = 0; i < n; i++) {
      Frame f = frames.get(n - 1 - i);
      int[] live = shapes[i].live;
      for (int k = 0; k < live.length; k++) {
        int register = live[k] >> 1;
        if ((live[k] & 1) == 0) {
          longs[v++] = f.longs[register];
        } else {
          refs[o++] = shapes[i].confined[k] ? shrink(f.refs[register]) : f.refs[register];
        }
      }
    }
    return new Bridge(image.bridgeCode, below, above, image.chunk(shapes), longs, refs);
  }

  private static final long[] NO_LONGS = {};
  private static final Object[] NO_OBJECTS = {};

  // ---- local arrays

  /** A local variable that nobody else can point to, and that holds nothing but zeros. */
  record Zeros(int longs, Object site) {}

  private static Object shrink(Object o) {
    if (o instanceof Pointer p
        && p.index() == 0
        && p.cells().longs == null
        && p.cells().refs != null
        && p.cells().refs.length == 1
        && p.cells().refs[0] instanceof Cells c
        && c.refs == null
        && c.longs != null
        && isZero(c.longs)) {
      return new Zeros(c.longs.length, p.cells().site);
    }
    return o;
  }

  private static boolean isZero(long[] a) {
    for (long x : a) {
      if (x != 0) {
        return false;
      }
    }
    return true;
  }

  /** What a register held before it was packed. */
  static Object expand(Object o) {
    if (o instanceof Zeros z) {
      Cells c = new Cells(null, new Object[] {new Cells(new long[z.longs()], null)});
      c.site = z.site();
      return new Pointer(c, 0);
    }
    return o;
  }

  /** Shapes of frames in a row, as a key: frames that recurse alike repeat themselves. */
  static final class Chunks {
    private record Key(List<Shape> shapes) {}

    private final Map<Key, Shape[]> known = new HashMap<>();

    Shape[] intern(Shape[] shapes) {
      return known.computeIfAbsent(new Key(Arrays.asList(shapes)), k -> shapes);
    }
  }
}

package paniclab.model.machine;

/**
 * How append grows a slice: runtime/slice.go and the size classes of Go 1.26
 * (internal/runtime/gc/sizeclasses.go).
 */
final class Growth {
  private Growth() {}

  private static final int[] CLASSES = {
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352,
    384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048,
    2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240,
    10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768
  };

  private static final long PAGE = 8192;

  /** Small objects with pointers over 512 bytes carry a header of 8 bytes. */
  private static final long HEADER_FROM = 512;

  /** The size of the block that the allocator gives for {@code bytes} without pointers. */
  static long roundUp(long bytes) {
    return roundUp(bytes, true);
  }

  static long roundUp(long bytes, boolean noPointers) {
    long size = bytes;
    if (bytes <= 32768 - (noPointers || bytes <= HEADER_FROM ? 0 : 8)) {
      boolean header = !noPointers && bytes > HEADER_FROM;
      size += header ? 8 : 0;
      for (int c : CLASSES) {
        if (c >= size) {
          return c - (header ? 8 : 0);
        }
      }
    }
    return (size + PAGE - 1) / PAGE * PAGE;
  }

  /**
   * Bytes of the buffer on the stack from which a slice that does not escape takes its first array.
   */
  static final long BUFFER = 32;

  /** Whether elements of this size, in bytes, fit that buffer. */
  static boolean fitsBuffer(int elements, long size) {
    return size > 0 && elements * size <= BUFFER;
  }

  /** The capacity of a byte slice for n bytes: {@code buffer} when that is enough. */
  static int bytes(int n, int buffer) {
    return buffer > 0 ? buffer : (int) roundUp(n);
  }

  /** The capacity after an append that does not fit. */
  static long capacity(long newLength, long oldCapacity, long elemSize, boolean noPointers) {
    long cap = next(newLength, oldCapacity);
    if (elemSize == 0) {
      return newLength;
    }
    return roundUp(cap * elemSize, noPointers) / elemSize;
  }

  private static long next(long newLength, long oldCapacity) {
    if (newLength > 2 * oldCapacity) {
      return newLength;
    }
    if (oldCapacity < 256) {
      return 2 * oldCapacity;
    }
    long cap = oldCapacity;
    while (cap < newLength) {
      cap += (cap + 3 * 256) >> 2;
    }
    return cap;
  }
}

package paniclab.model.machine;

import java.util.ArrayDeque;
import paniclab.model.program.Position;
import paniclab.model.trace.Event;

/** A call in progress. Frames live on the heap, so a stack can be copied, counted and shown. */
class Frame {
  final Code code;
  final long[] longs;
  final Object[] refs;

  /** The caller's, or a {@link Bridge} that stands for it; {@link #up()} gives the frame. */
  Frame up;

  /** Register of the caller that takes the result. */
  int dst;

  int pc;

  /** Words of Go stack in use, this frame included. */
  int words;

  /** Pending deferred calls, the newest first; null while there were none. */
  ArrayDeque<DeferRecord> defers;

  /** Called by the machine in the middle of an operation of the frame below, not by its call. */
  boolean injected;

  /** Looked at by {@link Packer}, which left it as it is. */
  boolean examined;

  /** Why this frame runs when it is a deferred call; null else. */
  Event.DeferCause deferCause;

  /**
   * The function that the compiler makes of the defer statement behind this call; null for none.
   */
  String wrap;

  /** Where that statement is. */
  Position wrapAt = Position.NONE;

  Frame(Code code, Frame up, int dst) {
    this.code = code;
    this.up = up;
    this.dst = dst;
    this.longs = code.longs.length == 0 ? code.longs : code.longs.clone();
    this.refs = code.refs.length == 0 ? code.refs : code.refs.clone();
    this.words = (up == null ? Stacks.WORDS_ABOVE : up.words) + code.words;
  }

  /** For bridges: no registers but those that take a result. */
  Frame(Code code, Frame up, int dst, int registers, int words) {
    this.code = code;
    this.up = up;
    this.dst = dst;
    this.longs = new long[registers];
    this.refs = new Object[registers];
    this.words = words;
  }

  /** The caller's frame; one that was packed becomes a frame again. */
  final Frame up() {
    if (up instanceof Bridge b) {
      up = b.unpack();
    }
    return up;
  }

  /** Whether nobody but its caller knows of this frame, so that it is free once it has returned. */
  boolean isForgotten() {
    return code.recoverPc < 0 && defers == null && !injected;
  }

  /** Makes a frame that has returned stand for a new call of the same function. */
  void reuse(Frame caller, int result) {
    up = caller;
    dst = result;
    pc = 0;
    examined = false;
    words = caller.words + code.words;
    System.arraycopy(code.longs, 0, longs, 0, longs.length);
    System.arraycopy(code.refs, 0, refs, 0, refs.length);
  }

  /** For copies. */
  Frame(Frame from, Frame up, long[] longs, Object[] refs) {
    this.code = from.code;
    this.up = up;
    this.dst = from.dst;
    this.longs = longs;
    this.refs = refs;
    this.words = from.words;
    this.pc = from.pc;
    this.deferCause = from.deferCause;
    this.injected = from.injected;
    this.wrap = from.wrap;
    this.wrapAt = from.wrapAt;
  }

  /** Stands at the entry of a function whose frame did not fit, the caller at its call. */
  void enterTooDeep() {
    pc = -1;
    if (up != null && !injected && deferCause == null) {
      up.pc++;
    }
  }

  void defer(DeferRecord d) {
    if (defers == null) {
      defers = new ArrayDeque<>();
    }
    defers.push(d);
  }

  boolean hasDefers() {
    return defers != null && !defers.isEmpty();
  }
}

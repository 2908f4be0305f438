package paniclab.model.machine;

/**
 * Package time over the virtual clock. The monotonic clock starts at 1, because Go takes 0 for a
 * time without one.
 */
final class TimeNatives {
  private TimeNatives() {}

  private static final long SECOND = 1_000_000_000L;
  private static final long MONOTONIC_START = 1;

  /** Fields of time.Timer and time.Ticker: the channel, and whether it was made by a function. */
  private static final int MADE = 1;

  static void addTo(Natives n) {
    n.add("time.now", TimeNatives::now);
    n.add("time.runtimeNow", TimeNatives::now);
    n.add(
        "time.runtimeNano",
        c -> {
          c.setLong(c.machine().nanos() + MONOTONIC_START);
          return Step.DONE;
        });
    n.add(
        "time.Sleep",
        c -> {
          if (c.longArg(0) <= 0) {
            return Step.DONE;
          }
          c.machine().sleep(c.goroutine(), c.longArg(0));
          return Step.BLOCK;
        });
    timers(n);
  }

  private static Step now(NativeCall c) {
    long nanos = c.machine().nanos();
    c.setLong(0, Machine.EPOCH_SECONDS + nanos / SECOND);
    c.setLong(1, nanos % SECOND);
    c.setLong(2, nanos + MONOTONIC_START);
    return Step.DONE;
  }

  private static void timers(Natives n) {
    n.add("time.newTimer", TimeNatives::newTimer);
    n.add(
        "time.stopTimer",
        c -> Operation.on(timer(c), Operation.Kind.WRITE),
        c -> {
          c.setBool(stop(c, timer(c)));
          return Step.DONE;
        });
    n.add(
        "time.resetTimer",
        c -> Operation.on(timer(c), Operation.Kind.WRITE),
        c -> {
          Timer t = timer(c);
          c.setBool(stop(c, t));
          c.machine().startTimer(t, c.longArg(1) - MONOTONIC_START, c.longArg(2));
          return Step.DONE;
        });
  }

  /**
   * newTimer(when, period, f, arg, cp). The machine's timer is kept in the Go struct, in the
   * reference that its bool field has no use for.
   */
  private static Step newTimer(NativeCall c) {
    Timer t = new Timer();
    t.function = (Closure) c.refArg(2);
    t.argument = c.refArg(3);
    t.channel = (ChannelValue) c.refArg(4);
    if (t.channel != null) {
      t.channel.timer = t;
    }
    Cells struct = new Cells(new long[MADE + 1], new Object[MADE + 1]);
    struct.longs[MADE] = 1;
    struct.refs[MADE] = t;
    c.setRef(new Pointer(new Cells(null, new Object[] {struct}), 0));
    c.machine().startTimer(t, c.longArg(0) - MONOTONIC_START, c.longArg(1));
    return Step.DONE;
  }

  private static Timer timer(NativeCall c) {
    return (Timer) StandardNatives.struct(c.refArg(0)).refs[MADE];
  }

  /** Since Go 1.23 a value not yet received counts as not sent, and is taken back. */
  private static boolean stop(NativeCall c, Timer t) {
    boolean pending = c.machine().stopTimer(t);
    if (t.channel != null && !t.channel.buffer.isEmpty()) {
      t.channel.buffer.clear();
      pending = true;
    }
    return pending;
  }
}

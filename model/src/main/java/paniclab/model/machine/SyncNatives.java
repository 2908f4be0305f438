package paniclab.model.machine;

import java.util.Optional;
import paniclab.model.trace.WaitReason;

/**
 * Packages sync and internal/sync: the state is in the fields of the Go structs, which are those of
 * Go 1.26; who waits is known to the machine by the address of the field that Go's semaphore would
 * be.
 */
final class SyncNatives {
  private SyncNatives() {}

  /** Waiting longer than this for a mutex, a goroutine gets it handed over (sync/mutex.go). */
  static final long STARVATION_NANOS = 1_000_000;

  private static final int MAX_READERS = 1 << 30;

  /** Fields of internal/sync.Mutex. */
  private static final int STATE = 0;

  private static final int SEMA = 1;

  /** Fields of sync.RWMutex. */
  private static final int W = 0;

  private static final int WRITER_SEM = 1;
  private static final int READER_SEM = 2;
  private static final int READER_COUNT = 3;
  private static final int READER_WAIT = 4;

  /** Fields of sync.WaitGroup and of the atomic type within. */
  private static final int WG_STATE = 1;

  private static final int WG_SEMA = 2;
  private static final int UINT64_V = 2;
  private static final int INT32_V = 1;

  /** Fields of sync.notifyList. */
  private static final int NOTIFY_WAIT = 0;

  private static final int NOTIFY = 1;

  static void addTo(Natives n) {
    mutex(n);
    rwmutex(n);
    waitGroup(n);
    cond(n);
  }

  private static Native.Footprint touches(Operation.Kind kind) {
    return c -> c.refArg(0) == null ? Operation.NONE : Operation.on(c.refArg(0), kind);
  }

  private static Native.Footprint writes() {
    return touches(Operation.Kind.WRITE);
  }

  // ---- Mutex

  private static void mutex(Natives n) {
    n.add(
        "(*internal/sync.Mutex).Lock",
        touches(Operation.Kind.ACQUIRE),
        c -> free(c.refArg(0)),
        c -> {
          Cells m = struct(c);
          if (!lock(c, m)) {
            return Step.RETRY;
          }
          c.machine().synced(c.goroutine(), "Mutex.Lock", c.refArg(0));
          return Step.DONE;
        });
    n.add(
        "(*internal/sync.Mutex).TryLock",
        writes(),
        c -> {
          Cells m = struct(c);
          boolean free = m.longs[STATE] == 0;
          if (free) {
            m.longs[STATE] = 1;
            c.machine().synced(c.goroutine(), "Mutex.TryLock", c.refArg(0));
          }
          c.setBool(free);
          return Step.DONE;
        });
    n.add(
        "(*internal/sync.Mutex).Unlock",
        c -> releases(c, !free(c.refArg(0))),
        c -> {
          c.machine().synced(c.goroutine(), "Mutex.Unlock", c.refArg(0));
          unlock(c, StandardNatives.struct(c.refArg(0)), "sync: unlock of unlocked mutex", true);
          return Step.DONE;
        });
  }

  /** Takes the mutex, or parks the goroutine to try again. */
  private static boolean lock(NativeCall c, Cells mutex) {
    Goroutine g = c.goroutine();
    if (mutex.longs[STATE] == 0) {
      mutex.longs[STATE] = 1;
      g.since = Goroutine.NOT_WAITING;
      return true;
    }
    boolean again = g.since != Goroutine.NOT_WAITING;
    if (!again) {
      g.since = c.machine().nanos();
    }
    Pointer sema = new Pointer(mutex, SEMA);
    c.machine().parkOn(g, WaitReason.SYNC_MUTEX_LOCK, sema, again);
    return false;
  }

  private static Operation releases(NativeCall c, boolean locked) {
    Object lock = c.refArg(0);
    return lock == null
        ? Operation.NONE
        : locked ? Operation.on(lock, Operation.Kind.RELEASE) : Operation.fatal(lock);
  }

  /** Whether the mutex is not locked; a nil one panics at once. */
  private static boolean free(Object mutex) {
    return mutex == null || StandardNatives.struct(mutex).longs[STATE] == 0;
  }

  /**
   * Frees the mutex; one who waits too long gets it at once, another may try.
   *
   * @param handOver whether to have the mutex is all that those who wait for it want; a writer of
   *     an RWMutex has to count the readers after that and must try
   */
  private static void unlock(NativeCall c, Cells mutex, String fault, boolean handOver) {
    if (mutex.longs[STATE] == 0) {
      throw FatalError.fatal(fault);
    }
    mutex.longs[STATE] = 0;
    Machine m = c.machine();
    if (m.searching) {
      wakeAll(m, c.goroutine(), new Pointer(mutex, SEMA));
      return;
    }
    Optional<Goroutine> first = m.firstWaiter(new Pointer(mutex, SEMA));
    if (first.isEmpty()) {
      return;
    }
    Goroutine w = first.get();
    boolean starving = handOver && m.nanos() - w.since > STARVATION_NANOS;
    if (starving) {
      mutex.longs[STATE] = 1;
      w.since = Goroutine.NOT_WAITING;
    }
    m.ready(w, starving, c.goroutine());
  }

  /** In a search whoever waits may be next, as if the others had come later. */
  private static void wakeAll(Machine m, Goroutine by, Object queue) {
    for (int n = m.waiterCount(queue); n > 0; n--) {
      m.firstWaiter(queue).ifPresent(g -> m.ready(g, false, by));
    }
  }

  // ---- RWMutex

  private static void rwmutex(Natives n) {
    n.add(
        "(*sync.RWMutex).RLock",
        touches(Operation.Kind.SHARE),
        c -> c.refArg(0) == null || readers(struct(c), READER_COUNT, 0) >= 0,
        SyncNatives::rlock);
    n.add("(*sync.RWMutex).TryRLock", writes(), SyncNatives::tryRLock);
    n.add("(*sync.RWMutex).RUnlock", SyncNatives::runlocks, SyncNatives::runlock);
    n.add(
        "(*sync.RWMutex).Lock",
        touches(Operation.Kind.ACQUIRE),
        c -> c.refArg(0) == null || inner(struct(c)).longs[STATE] == 0,
        SyncNatives::rwlock);
    n.add("(*sync.RWMutex).TryLock", writes(), SyncNatives::tryRWLock);
    n.add(
        "(*sync.RWMutex).Unlock",
        c -> releases(c, c.refArg(0) != null && readers(struct(c), READER_COUNT, 0) < 0),
        SyncNatives::rwunlock);
  }

  private static Cells struct(NativeCall c) {
    return StandardNatives.struct(c.refArg(0));
  }

  /** With a writer waiting or without a reader, the order among the readers may matter. */
  private static Operation runlocks(NativeCall c) {
    if (c.refArg(0) == null) {
      return Operation.NONE;
    }
    int r = readers(struct(c), READER_COUNT, 0);
    if (r == 0 || r == -MAX_READERS) {
      return Operation.fatal(c.refArg(0));
    }
    boolean plain = r > 0;
    return Operation.on(c.refArg(0), plain ? Operation.Kind.SHARE : Operation.Kind.RELEASE);
  }

  private static Cells inner(Cells rw) {
    return (Cells) ((Cells) rw.refs[W]).refs[1];
  }

  private static int readers(Cells rw, int field, int delta) {
    Cells v = (Cells) rw.refs[field];
    return (int) (v.longs[INT32_V] = (int) (v.longs[INT32_V] + delta));
  }

  private static Step rlock(NativeCall c) {
    Cells rw = struct(c);
    c.machine().synced(c.goroutine(), "RWMutex.RLock", c.refArg(0));
    if (readers(rw, READER_COUNT, 1) >= 0) {
      return Step.DONE;
    }
    c.machine()
        .parkOn(c.goroutine(), WaitReason.SYNC_RWMUTEX_RLOCK, new Pointer(rw, READER_SEM), false);
    return Step.BLOCK;
  }

  private static Step tryRLock(NativeCall c) {
    Cells rw = struct(c);
    boolean free = readers(rw, READER_COUNT, 0) >= 0;
    if (free) {
      readers(rw, READER_COUNT, 1);
      c.machine().synced(c.goroutine(), "RWMutex.TryRLock", c.refArg(0));
    }
    c.setBool(free);
    return Step.DONE;
  }

  private static Step runlock(NativeCall c) {
    Cells rw = struct(c);
    c.machine().synced(c.goroutine(), "RWMutex.RUnlock", c.refArg(0));
    int r = readers(rw, READER_COUNT, -1);
    if (r >= 0) {
      return Step.DONE;
    }
    if (r + 1 == 0 || r + 1 == -MAX_READERS) {
      throw FatalError.fatal("sync: RUnlock of unlocked RWMutex");
    }
    if (readers(rw, READER_WAIT, -1) == 0) {
      wake(c, new Pointer(rw, WRITER_SEM));
    }
    return Step.DONE;
  }

  private static Step rwlock(NativeCall c) {
    Cells rw = struct(c);
    if (!lock(c, inner(rw))) {
      return Step.RETRY;
    }
    c.machine().synced(c.goroutine(), "RWMutex.Lock", c.refArg(0));
    int r = readers(rw, READER_COUNT, -MAX_READERS) + MAX_READERS;
    if (r == 0 || readers(rw, READER_WAIT, r) == 0) {
      return Step.DONE;
    }
    c.machine()
        .parkOn(c.goroutine(), WaitReason.SYNC_RWMUTEX_LOCK, new Pointer(rw, WRITER_SEM), false);
    return Step.BLOCK;
  }

  private static Step tryRWLock(NativeCall c) {
    Cells rw = struct(c);
    Cells w = inner(rw);
    boolean free = w.longs[STATE] == 0 && readers(rw, READER_COUNT, 0) == 0;
    if (free) {
      w.longs[STATE] = 1;
      readers(rw, READER_COUNT, -MAX_READERS);
      c.machine().synced(c.goroutine(), "RWMutex.TryLock", c.refArg(0));
    }
    c.setBool(free);
    return Step.DONE;
  }

  private static Step rwunlock(NativeCall c) {
    Cells rw = struct(c);
    c.machine().synced(c.goroutine(), "RWMutex.Unlock", c.refArg(0));
    if (readers(rw, READER_COUNT, 0) >= 0) {
      throw FatalError.fatal("sync: Unlock of unlocked RWMutex");
    }
    int r = readers(rw, READER_COUNT, MAX_READERS);
    for (int i = 0; i < r; i++) {
      wake(c, new Pointer(rw, READER_SEM));
    }
    unlock(c, inner(rw), "sync: Unlock of unlocked RWMutex", false);
    return Step.DONE;
  }

  private static void wake(NativeCall c, Object queue) {
    c.machine().firstWaiter(queue).ifPresent(g -> c.machine().ready(g, true, c.goroutine()));
  }

  // ---- WaitGroup

  private static final int ADD_DONE = 0;
  private static final int ADD_NEGATIVE = 1;
  private static final int ADD_MISUSE = 2;

  private static void waitGroup(Natives n) {
    n.add("(*sync.WaitGroup).add", SyncNatives::adds, SyncNatives::add);
    n.add("(*sync.WaitGroup).wait", touches(Operation.Kind.AWAIT), SyncNatives::await);
  }

  /** Counting down is the same in any order as long as the counter does not become negative. */
  private static Operation adds(NativeCall c) {
    if (c.refArg(0) == null) {
      return Operation.NONE;
    }
    long after = (((Cells) struct(c).refs[WG_STATE]).longs[UINT64_V] >> 32) + (int) c.longArg(1);
    Operation.Kind kind =
        c.longArg(1) >= 0 || after < 0
            ? Operation.Kind.WRITE
            : after == 0 ? Operation.Kind.SHARE_LAST : Operation.Kind.SHARE;
    return Operation.on(c.refArg(0), kind);
  }

  private static Step add(NativeCall c) {
    Cells wg = struct(c);
    Cells state = (Cells) wg.refs[WG_STATE];
    int delta = (int) c.longArg(1);
    String what = delta == -1 ? "WaitGroup.Done" : "WaitGroup.Add";
    c.machine().synced(c.goroutine(), what, c.refArg(0));
    long s = state.longs[UINT64_V] += (long) delta << 32;
    int v = (int) (s >> 32);
    long waiting = s & 0x7fffffff;
    if (v < 0) {
      c.setLong(ADD_NEGATIVE);
    } else if (waiting != 0 && delta > 0 && v == delta) {
      c.setLong(ADD_MISUSE);
    } else {
      c.setLong(ADD_DONE);
      if (v == 0 && waiting != 0) {
        state.longs[UINT64_V] = 0;
        for (; waiting > 0; waiting--) {
          c.machine()
              .firstWaiter(new Pointer(wg, WG_SEMA))
              .ifPresent(g -> c.machine().ready(g, false, c.goroutine()));
        }
      }
    }
    return Step.DONE;
  }

  /** Called again when woken: a counter in use by then is a mistake of the program. */
  private static Step await(NativeCall c) {
    Cells wg = struct(c);
    Cells state = (Cells) wg.refs[WG_STATE];
    Goroutine g = c.goroutine();
    if (g.since != Goroutine.NOT_WAITING) {
      g.since = Goroutine.NOT_WAITING;
      c.machine().synced(g, "WaitGroup.Wait", c.refArg(0));
      c.setBool(state.longs[UINT64_V] != 0);
      return Step.DONE;
    }
    if ((int) (state.longs[UINT64_V] >> 32) == 0) {
      c.machine().synced(g, "WaitGroup.Wait", c.refArg(0));
      c.setBool(false);
      return Step.DONE;
    }
    state.longs[UINT64_V]++;
    g.since = c.machine().nanos();
    c.machine().parkOn(g, WaitReason.SYNC_WAIT_GROUP_WAIT, new Pointer(wg, WG_SEMA), false);
    return Step.RETRY;
  }

  // ---- Cond: tickets, as in runtime/sema.go

  private static void cond(Natives n) {
    n.add(
        "sync.runtime_notifyListAdd",
        writes(),
        c -> {
          Cells l = struct(c);
          c.setLong(l.longs[NOTIFY_WAIT]);
          l.longs[NOTIFY_WAIT] = l.longs[NOTIFY_WAIT] + 1 & 0xffffffffL;
          return Step.DONE;
        });
    n.add(
        "sync.runtime_notifyListWait",
        c -> {
          Cells l = struct(c);
          if ((int) (c.longArg(1) - l.longs[NOTIFY]) < 0) {
            return Step.DONE;
          }
          c.machine()
              .parkOn(
                  c.goroutine(),
                  WaitReason.SYNC_COND_WAIT,
                  new Turn(new Pointer(l, NOTIFY), c.longArg(1)),
                  false);
          return Step.BLOCK;
        });
    n.add(
        "sync.runtime_notifyListNotifyOne",
        writes(),
        c -> {
          Cells l = struct(c);
          c.machine().synced(c.goroutine(), "Cond.Signal", c.refArg(0));
          if (l.longs[NOTIFY] != l.longs[NOTIFY_WAIT]) {
            notifyNext(c, l);
          }
          return Step.DONE;
        });
    n.add(
        "sync.runtime_notifyListNotifyAll",
        writes(),
        c -> {
          Cells l = struct(c);
          c.machine().synced(c.goroutine(), "Cond.Broadcast", c.refArg(0));
          while (l.longs[NOTIFY] != l.longs[NOTIFY_WAIT]) {
            notifyNext(c, l);
          }
          return Step.DONE;
        });
    n.add(
        "(*sync.copyChecker).copied",
        c -> {
          Pointer p = Memory.pointer(c.refArg(0));
          long address = c.machine().addressOf(p);
          if (p.cells().longs[p.index()] == 0) {
            p.cells().longs[p.index()] = address;
          }
          c.setBool(p.cells().longs[p.index()] != address);
          return Step.DONE;
        });
  }

  /** What the holder of a ticket waits for. */
  record Turn(Pointer list, long ticket) {}

  /** The key of a queue of waiting goroutines, in a copy of the machine. */
  static Object copyKey(Object key, Copier c) {
    return key instanceof Turn t ? new Turn((Pointer) c.value(t.list), t.ticket) : c.value(key);
  }

  private static void notifyNext(NativeCall c, Cells list) {
    long ticket = list.longs[NOTIFY];
    list.longs[NOTIFY] = ticket + 1 & 0xffffffffL;
    wake(c, new Turn(new Pointer(list, NOTIFY), ticket));
  }
}

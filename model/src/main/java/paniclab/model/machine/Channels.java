package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;
import paniclab.model.explore.Scheduler;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Position;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.WaitReason;

/** Channels and select, after runtime/chan.go and select.go. */
final class Channels {
  private Channels() {}

  /** An operation on one channel, as a place to switch. */
  private record Touch(Slow body, int channel, Operation.Kind kind) implements Slow {
    @Override
    public int run(Machine m, Goroutine g, Frame f) {
      return body.run(m, g, f);
    }

    @Override
    public boolean visible() {
      return true;
    }

    @Override
    public Operation operation(Machine m, Goroutine g, Frame f) {
      if (!(f.refs[channel] instanceof ChannelValue ch)) {
        return Operation.NONE;
      }
      List<Operation.Access> a = new ArrayList<>();
      a.add(new Operation.Access(ch, kind));
      addPartners(a, ch, kind != Operation.Kind.RECEIVE, kind != Operation.Kind.SEND);
      return new Operation(a);
    }
  }

  /**
   * Whoever waits on the channel and is about to be served: one in a select waits on other channels
   * too, and to serve it here is to take it away there.
   */
  static void addPartners(
      List<Operation.Access> to, ChannelValue ch, boolean receivers, boolean senders) {
    if (receivers && ch.hasReceiver()) {
      ch.receivers.forEach(w -> addWaiter(to, ch, w.goroutine()));
    }
    if (senders && ch.hasSender()) {
      ch.senders.forEach(w -> addWaiter(to, ch, w.goroutine()));
    }
  }

  private static void addWaiter(List<Operation.Access> to, ChannelValue ch, Goroutine g) {
    Frame f = g.top;
    if (g.status == Goroutine.Status.WAITING
        && f.code.slows[f.code.ops[f.pc + 1]] instanceof SelectSlow s) {
      for (Case c : s.cases) {
        if (f.refs[c.channel] != null && f.refs[c.channel] != ch) {
          to.add(new Operation.Access(f.refs[c.channel], Operation.Kind.WRITE));
        }
      }
    }
  }

  static Slow touch(Slow body, int channel, Operation.Kind kind) {
    return new Touch(body, channel, kind);
  }

  static void make(Linker k, Instruction.MakeChan c) {
    RType elem = k.image().type(c.type()).elem;
    int size = k.lo(c.size());
    int d = k.dst(c.dst());
    String name = k.nameOf(c.dst());
    k.slow((m, g, f) -> {
      long n = f.longs[size];
      if (n < 0 || n > (1L << 47) / Math.max(1, elem.size())) {
        throw GoPanic.runtime(GoPanic.PLAIN, "makechan: size out of range");
      }
      if (n > Integer.MAX_VALUE) {
        throw new OutOfModelException("a channel with room for " + n + " elements");
      }
      f.refs[d] = m.newChannel(elem, (int) n, name);
      return Slow.NEXT;
    });
  }

  // ---- send

  static void send(Linker k, Instruction.Send s) {
    int c = k.ref(s.channel());
    int x = k.operand(s.x());
    Slow body =
        (m, g, f) -> {
          if (g.resumed) {
            g.resumed = false;
            if (!g.wakeOk) {
              throw closedSend();
            }
            return Slow.NEXT;
          }
          ChannelValue ch = (ChannelValue) f.refs[c];
          long bits = (x & 1) == 0 ? f.longs[x >> 1] : 0;
          Object ref = (x & 1) == 0 ? null : f.refs[x >> 1];
          if (ch == null) {
            m.park(g, WaitReason.CHAN_SEND_NIL, "");
            return Slow.BLOCK;
          }
          if (trySend(m, g, ch, bits, ref)) {
            return Slow.NEXT;
          }
          m.park(g, WaitReason.CHAN_SEND, ch);
          ch.senders.add(new ChannelValue.Waiter(g, g.ticket, 0, bits, ref));
          return Slow.BLOCK;
        };
    k.slow(touch(body, c, Operation.Kind.SEND));
  }

  private static GoPanic closedSend() {
    return GoPanic.runtime(GoPanic.PLAIN, "send on closed channel");
  }

  static boolean trySend(Machine m, Goroutine g, ChannelValue ch, long bits, Object ref) {
    if (ch.closed) {
      throw closedSend();
    }
    ChannelValue.Waiter r = ch.pollReceiver();
    if (r != null) {
      sent(m, g, ch, bits, ref);
      wake(m, r, bits, ref, true, g);
      received(m, r.goroutine(), ch, bits, ref, true);
      return true;
    }
    if (ch.buffer.size() < ch.capacity) {
      ch.buffer.add(new ChannelValue.Item(bits, ref));
      sent(m, g, ch, bits, ref);
      return true;
    }
    return false;
  }

  private static void wake(
      Machine m, ChannelValue.Waiter w, long bits, Object ref, boolean ok, Goroutine by) {
    Goroutine r = w.goroutine();
    r.wakeBits = bits;
    r.wakeRef = ref;
    r.wakeOk = ok;
    r.wakeOption = w.option();
    m.ready(r, true, by.system ? null : by);
  }

  private static void sent(Machine m, Goroutine g, ChannelValue ch, long bits, Object ref) {
    if (m.recording() && !g.system) {
      m.event(new Event.Sent(m.at(g), ch.label(), text(m, ch, bits, ref)));
    }
  }

  private static void received(
      Machine m, Goroutine g, ChannelValue ch, long bits, Object ref, boolean ok) {
    if (m.recording() && !g.system) {
      m.event(new Event.Received(m.at(g), ch.label(), ok ? text(m, ch, bits, ref) : "", ok));
    }
  }

  private static String text(Machine m, ChannelValue ch, long bits, Object ref) {
    RType t = ch.elem;
    if (t.shape == RType.Shape.CELLS) {
      return t.fields != null && t.fields.length == 0 ? "struct{}{}" : t.toString();
    }
    if (t.under instanceof GoType.Basic) {
      return PanicText.brief(m, new InterfaceValue(t, bits, ref));
    }
    return ref instanceof InterfaceValue v ? PanicText.brief(m, v) : t.toString();
  }

  // ---- receive

  static void receive(Linker k, Instruction.UnOp o) {
    int c = k.ref(o.x());
    int d = k.dst(o.dst());
    RType elem = k.image().type(o.xType()).elem;
    boolean commaOk = o.commaOk();
    Slow body =
        (m, g, f) -> {
          if (!g.resumed) {
            ChannelValue ch = (ChannelValue) f.refs[c];
            if (ch == null) {
              m.park(g, WaitReason.CHAN_RECEIVE_NIL, "");
              return Slow.BLOCK;
            }
            if (!tryReceive(m, g, ch)) {
              m.park(g, WaitReason.CHAN_RECEIVE, ch);
              ch.receivers.add(new ChannelValue.Waiter(g, g.ticket, 0, 0, null));
              return Slow.BLOCK;
            }
          }
          g.resumed = false;
          if (commaOk) {
            f.refs[d] =
                new Cells(
                    new long[] {g.wakeBits, g.wakeOk ? 1 : 0}, new Object[] {g.wakeRef, null});
          } else if (elem.isLong()) {
            f.longs[d] = g.wakeBits;
          } else {
            f.refs[d] = g.wakeRef;
          }
          g.wakeRef = null;
          return Slow.NEXT;
        };
    k.slow(touch(body, c, Operation.Kind.RECEIVE));
  }

  /** Receives into the goroutine's wake fields if it can without waiting. */
  static boolean tryReceive(Machine m, Goroutine g, ChannelValue ch) {
    ChannelValue.Item item = ch.buffer.poll();
    if (item != null) {
      ChannelValue.Waiter s = ch.pollSender();
      if (s != null) {
        ch.buffer.add(new ChannelValue.Item(s.bits(), s.ref()));
        wake(m, s, 0, null, true, g);
        sent(m, s.goroutine(), ch, s.bits(), s.ref());
      }
      return took(m, g, ch, item.bits(), item.ref(), true);
    }
    ChannelValue.Waiter s = ch.pollSender();
    if (s != null) {
      wake(m, s, 0, null, true, g);
      sent(m, s.goroutine(), ch, s.bits(), s.ref());
      return took(m, g, ch, s.bits(), s.ref(), true);
    }
    return ch.closed && took(m, g, ch, 0, ch.elem.zeroRef(), false);
  }

  private static boolean took(
      Machine m, Goroutine g, ChannelValue ch, long bits, Object ref, boolean ok) {
    g.wakeBits = bits;
    g.wakeRef = ref;
    g.wakeOk = ok;
    received(m, g, ch, bits, ref, ok);
    return true;
  }

  // ---- close, len, cap

  /** A close that the library does on its own account and that nobody waits for. */
  private static boolean isPreparation(At at, ChannelValue ch) {
    return at.position().equals(Position.NONE) && !ch.hasReceiver() && !ch.hasSender();
  }

  static void close(Machine m, Goroutine g, ChannelValue ch) {
    if (ch == null) {
      throw GoPanic.runtime(GoPanic.PLAIN, "close of nil channel");
    }
    if (ch.closed) {
      throw GoPanic.runtime(GoPanic.PLAIN, "close of closed channel");
    }
    ch.closed = true;
    if (m.recording() && !isPreparation(m.at(g), ch)) {
      m.event(new Event.Closed(m.at(g), ch.label()));
    }
    for (ChannelValue.Waiter w; (w = ch.pollReceiver()) != null; ) {
      wake(m, w, 0, ch.elem.zeroRef(), false, g);
      received(m, w.goroutine(), ch, 0, null, false);
    }
    for (ChannelValue.Waiter w; (w = ch.pollSender()) != null; ) {
      wake(m, w, 0, null, false, g);
    }
  }

  // ---- select

  private record Case(int channel, int value, RType elem) {
    boolean isSend() {
      return value >= 0;
    }
  }

  /** A select as a place to switch: it depends as all its channels do together. */
  private record SelectSlow(List<Case> cases, boolean blocking, int dst) implements Slow {
    @Override
    public boolean visible() {
      return true;
    }

    @Override
    public Operation operation(Machine m, Goroutine g, Frame f) {
      List<Operation.Access> a = new ArrayList<>();
      // With another way out, whether a case is ready in time decides: nothing commutes.
      boolean only = blocking && cases.size() == 1;
      for (Case c : cases) {
        if (f.refs[c.channel] != null) {
          Operation.Kind kind =
              !only
                  ? Operation.Kind.WRITE
                  : c.isSend() ? Operation.Kind.SEND : Operation.Kind.RECEIVE;
          a.add(new Operation.Access(f.refs[c.channel], kind));
          addPartners(a, (ChannelValue) f.refs[c.channel], c.isSend(), !c.isSend());
        }
      }
      return new Operation(a);
    }

    @Override
    public int run(Machine m, Goroutine g, Frame f) {
      if (g.resumed) {
        g.resumed = false;
        Case c = cases.get(g.wakeOption);
        if (c.isSend() && !g.wakeOk) {
          throw closedSend();
        }
        return finish(g, f, g.wakeOption);
      }
      List<Integer> ready = new ArrayList<>(cases.size());
      for (int i = 0; i < cases.size(); i++) {
        if (isReady(f, cases.get(i))) {
          ready.add(i);
        }
      }
      if (!ready.isEmpty()) {
        int k =
            ready.size() == 1 ? 0 : m.choose(new Scheduler.Choice.SelectCase(g.id, ready.size()));
        return take(m, g, f, ready.get(k));
      }
      if (!blocking) {
        return finish(g, f, -1);
      }
      park(m, g, f);
      return BLOCK;
    }

    private static boolean isReady(Frame f, Case c) {
      ChannelValue ch = (ChannelValue) f.refs[c.channel];
      if (ch == null) {
        return false;
      }
      return c.isSend()
          ? ch.closed || ch.hasReceiver() || ch.buffer.size() < ch.capacity
          : ch.closed || ch.hasSender() || !ch.buffer.isEmpty();
    }

    private int take(Machine m, Goroutine g, Frame f, int i) {
      Case c = cases.get(i);
      ChannelValue ch = (ChannelValue) f.refs[c.channel];
      if (c.isSend()) {
        int e = c.value;
        trySend(m, g, ch, (e & 1) == 0 ? f.longs[e >> 1] : 0, (e & 1) == 0 ? null : f.refs[e >> 1]);
      } else {
        tryReceive(m, g, ch);
      }
      return finish(g, f, i);
    }

    private void park(Machine m, Goroutine g, Frame f) {
      ChannelValue first = null;
      for (Case c : cases) {
        first = first == null ? (ChannelValue) f.refs[c.channel] : first;
      }
      m.park(
          g,
          cases.isEmpty() ? WaitReason.SELECT_NO_CASES : WaitReason.SELECT,
          first == null ? "" : first);
      for (int i = 0; i < cases.size(); i++) {
        Case c = cases.get(i);
        ChannelValue ch = (ChannelValue) f.refs[c.channel];
        if (ch == null) {
          continue;
        }
        if (c.isSend()) {
          int e = c.value;
          ch.senders.add(
              new ChannelValue.Waiter(
                  g,
                  g.ticket,
                  i,
                  (e & 1) == 0 ? f.longs[e >> 1] : 0,
                  (e & 1) == 0 ? null : f.refs[e >> 1]));
        } else {
          ch.receivers.add(new ChannelValue.Waiter(g, g.ticket, i, 0, null));
        }
      }
    }

    /** The result: (index, receiveOk, a value for each receive case). */
    private int finish(Goroutine g, Frame f, int taken) {
      int receives = 0;
      for (Case c : cases) {
        receives += c.isSend() ? 0 : 1;
      }
      Cells r = new Cells(new long[2 + receives], new Object[2 + receives]);
      r.longs[0] = taken;
      int at = 2;
      for (int i = 0; i < cases.size(); i++) {
        Case c = cases.get(i);
        if (c.isSend()) {
          continue;
        }
        if (i == taken) {
          r.longs[1] = g.wakeOk ? 1 : 0;
          r.longs[at] = g.wakeBits;
          r.refs[at] = g.wakeRef;
        } else {
          r.refs[at] = c.elem.zeroRef();
        }
        at++;
      }
      g.wakeRef = null;
      f.refs[dst] = r;
      return NEXT;
    }
  }

  static void select(Linker k, Instruction.Select s) {
    List<Case> cases = new ArrayList<>();
    for (Instruction.SelectCase c : s.cases()) {
      int value = c.send().map(k::operand).orElse(-1);
      cases.add(new Case(k.ref(c.channel()), value, k.image().type(c.channelType()).elem));
    }
    k.slow(new SelectSlow(List.copyOf(cases), s.blocking(), k.dst(s.dst())));
  }
}

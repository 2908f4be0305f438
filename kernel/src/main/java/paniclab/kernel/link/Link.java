package paniclab.kernel.link;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import paniclab.kernel.link.Frame.ClassFile;
import paniclab.kernel.link.Frame.CommKind;
import paniclab.kernel.link.Frame.InputStatus;
import paniclab.kernel.link.Frame.Reply;

/**
 * Reads and writes frames on one connection. Reading and writing may go on in two threads; each of
 * them by one thread at a time (writing is synchronised).
 */
public final class Link implements AutoCloseable {
  /** A list or text longer than this many elements is a broken frame. */
  private static final int MAX_LENGTH = 1 << 29;

  private final SocketChannel channel;
  private final DataInputStream in;
  private final DataOutputStream out;

  /** Frames on this connection, which is closed with the link. */
  public Link(SocketChannel channel) {
    this.channel = channel;
    in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
    out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Sends what {@link #write} has gathered. */
  public synchronized void flush() throws IOException {
    out.flush();
  }

  /** Writes a frame; it goes out with the next {@link #flush}. */
  public synchronized void write(Frame frame) throws IOException {
    switch (frame) {
      case Frame.Load f -> {
        head(1, f.call());
        out.writeInt(f.classes().size());
        for (ClassFile c : f.classes()) {
          text(c.name());
          bytes(c.bytes());
        }
      }
      case Frame.Invoke f -> texts(2, List.of(f.call(), f.cell()), f.className(), f.method());
      case Frame.Show f -> texts(3, List.of(f.call(), f.cell()));
      case Frame.ReadVariable f -> texts(4, List.of(f.call()), f.className(), f.field());
      case Frame.AddPath f -> texts(5, List.of(f.call()), f.path());
      case Frame.Task f -> {
        texts(6, List.of(f.call(), f.cell()), f.name());
        map(f.arguments());
      }
      case Frame.Stop f -> head(7, f.cell());
      case Frame.Input f -> texts(8, List.of(f.ask(), f.status().ordinal()), f.text());
      case Frame.End _ -> out.writeByte(9);
      case Frame.Ready f -> {
        out.writeByte(20);
        out.writeLong(f.pid());
        out.writeLong(f.heapBytes());
      }
      case Frame.Done f -> {
        head(21, f.call());
        reply(f.reply());
      }
      case Frame.Stream f -> texts(22, List.of(f.cell(), f.stderr() ? 1 : 0), f.text());
      case Frame.Shown f -> {
        texts(23, List.of(f.cell(), f.update() ? 1 : 0));
        display(f.display());
      }
      case Frame.Clear f -> texts(24, List.of(f.cell(), f.later() ? 1 : 0));
      case Frame.Ask f -> texts(25, List.of(f.ask(), f.cell(), f.password() ? 1 : 0), f.prompt());
      case Frame.Comm f -> {
        texts(
            30,
            List.of(f.call(), f.cell(), f.kind().ordinal()),
            f.id(),
            f.target(),
            f.data(),
            f.metadata());
        out.writeInt(f.buffers().size());
        for (byte[] b : f.buffers()) {
          bytes(b);
        }
      }
    }
  }

  /**
   * Waits for the next frame.
   *
   * @throws java.io.EOFException when the other side is gone
   */
  public Frame read() throws IOException {
    int type = in.readUnsignedByte();
    return switch (type) {
      case 1 -> new Frame.Load(in.readInt(), classes());
      case 2 -> new Frame.Invoke(in.readInt(), in.readInt(), text(), text());
      case 3 -> new Frame.Show(in.readInt(), in.readInt());
      case 4 -> new Frame.ReadVariable(in.readInt(), text(), text());
      case 5 -> new Frame.AddPath(in.readInt(), text());
      case 6 -> new Frame.Task(in.readInt(), in.readInt(), text(), map());
      case 7 -> new Frame.Stop(in.readInt());
      case 8 -> new Frame.Input(in.readInt(), InputStatus.values()[in.readInt()], text());
      case 9 -> new Frame.End();
      case 20 -> new Frame.Ready(in.readLong(), in.readLong());
      case 21 -> new Frame.Done(in.readInt(), reply());
      case 22 -> new Frame.Stream(in.readInt(), in.readInt() == 1, text());
      case 23 -> {
        int cell = in.readInt();
        boolean update = in.readInt() == 1;
        yield new Frame.Shown(cell, display(), update);
      }
      case 24 -> new Frame.Clear(in.readInt(), in.readInt() == 1);
      case 25 -> {
        int ask = in.readInt();
        int cell = in.readInt();
        boolean password = in.readInt() == 1;
        yield new Frame.Ask(ask, cell, text(), password);
      }
      case 30 ->
          new Frame.Comm(
              in.readInt(),
              in.readInt(),
              CommKind.values()[in.readInt()],
              text(),
              text(),
              text(),
              text(),
              buffers());
      default -> throw new IOException("frame type " + type + " is not one of the protocol's");
    };
  }

  private void head(int type, int number) throws IOException {
    out.writeByte(type);
    out.writeInt(number);
  }

  private void texts(int type, List<Integer> numbers, String... texts) throws IOException {
    out.writeByte(type);
    for (int n : numbers) {
      out.writeInt(n);
    }
    for (String t : texts) {
      text(t);
    }
  }

  private void text(String s) throws IOException {
    bytes(s.getBytes(StandardCharsets.UTF_8));
  }

  private String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private void bytes(byte[] b) throws IOException {
    out.writeInt(b.length);
    out.write(b);
  }

  private byte[] bytes() throws IOException {
    int n = length();
    byte[] b = in.readNBytes(n);
    if (b.length < n) {
      throw new java.io.EOFException("the other side ended inside a frame");
    }
    return b;
  }

  private int length() throws IOException {
    int n = in.readInt();
    if (n < 0 || n > MAX_LENGTH) {
      throw new IOException("a length of " + n + " in a frame; at most " + MAX_LENGTH);
    }
    return n;
  }

  private void map(Map<String, String> m) throws IOException {
    out.writeInt(m.size());
    for (Map.Entry<String, String> e : m.entrySet()) {
      text(e.getKey());
      text(e.getValue());
    }
  }

  private Map<String, String> map() throws IOException {
    Map<String, String> m = new LinkedHashMap<>();
    for (int n = length(); n > 0; n--) {
      m.put(text(), text());
    }
    return m;
  }

  private List<ClassFile> classes() throws IOException {
    List<ClassFile> all = new ArrayList<>();
    for (int n = length(); n > 0; n--) {
      all.add(new ClassFile(text(), bytes()));
    }
    return all;
  }

  private List<byte[]> buffers() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (int n = length(); n > 0; n--) {
      all.add(bytes());
    }
    return all;
  }

  private void list(List<String> l) throws IOException {
    out.writeInt(l.size());
    for (String s : l) {
      text(s);
    }
  }

  private List<String> list() throws IOException {
    List<String> all = new ArrayList<>();
    for (int n = length(); n > 0; n--) {
      all.add(text());
    }
    return all;
  }

  private void optional(Optional<String> o) throws IOException {
    list(o.stream().toList());
  }

  private Optional<String> optional() throws IOException {
    return list().stream().findFirst();
  }

  private void display(Display d) throws IOException {
    map(d.data());
    map(d.metadata());
    optional(d.id());
  }

  private Display display() throws IOException {
    return new Display(map(), map(), optional());
  }

  private void thrown(Thrown t) throws IOException {
    text(t.className());
    optional(t.message());
    frames(t.frames());
    out.writeBoolean(t.cause().isPresent());
    if (t.cause().isPresent()) {
      thrown(t.cause().get());
    }
  }

  private Thrown thrown() throws IOException {
    return new Thrown(
        text(), optional(), frames(), in.readBoolean() ? Optional.of(thrown()) : Optional.empty());
  }

  private void frames(List<StackTraceElement> frames) throws IOException {
    out.writeInt(frames.size());
    for (StackTraceElement e : frames) {
      text(e.getClassName());
      text(e.getMethodName());
      optional(Optional.ofNullable(e.getFileName()));
      out.writeInt(e.getLineNumber());
    }
  }

  private List<StackTraceElement> frames() throws IOException {
    List<StackTraceElement> all = new ArrayList<>();
    for (int n = length(); n > 0; n--) {
      all.add(new StackTraceElement(text(), text(), optional().orElse(null), in.readInt()));
    }
    return all;
  }

  private void reply(Reply reply) throws IOException {
    switch (reply) {
      case Reply.Nothing _ -> out.writeByte(0);
      case Reply.Text r -> {
        out.writeByte(1);
        text(r.text());
      }
      case Reply.Result r -> {
        out.writeByte(2);
        display(r.display());
      }
      case Reply.Threw r -> {
        out.writeByte(3);
        thrown(r.thrown());
      }
      case Reply.Unresolved r -> {
        head(4, r.id());
        frames(r.frames());
      }
      case Reply.Stopped _ -> out.writeByte(5);
      case Reply.Failed r -> {
        out.writeByte(6);
        text(r.name());
        text(r.message());
        list(r.lines());
      }
      case Reply.Fault r -> {
        out.writeByte(7);
        thrown(r.thrown());
      }
      case Reply.Next r -> {
        out.writeByte(8);
        text(r.cell());
      }
    }
  }

  private Reply reply() throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case 0 -> new Reply.Nothing();
      case 1 -> new Reply.Text(text());
      case 2 -> new Reply.Result(display());
      case 3 -> new Reply.Threw(thrown());
      case 4 -> new Reply.Unresolved(in.readInt(), frames());
      case 5 -> new Reply.Stopped();
      case 6 -> new Reply.Failed(text(), text(), list());
      case 7 -> new Reply.Fault(thrown());
      case 8 -> new Reply.Next(text());
      default -> throw new IOException("reply kind " + kind + " is not one of the protocol's");
    };
  }
}

package paniclab.kernel.jupyter;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager.ResultFlag;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import paniclab.kernel.CellResult;
import paniclab.kernel.Completion;
import paniclab.kernel.Session;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame;

/** Serves one connection file: takes messages, asks the session, answers. */
public final class KernelServer {
  /** The cells whose late output still finds them. */
  private static final int CELLS_KNOWN = 4_096;

  /** How long the last messages may take to leave. */
  private static final long MILLIS_TO_LEAVE = 300;

  private final Wire wire;
  private final Sockets sockets;
  private final Publisher publisher;
  private final StdinChannel stdin;
  private final History history = new History(History.defaultFile());
  private final Map<Integer, Incoming> cells =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Incoming> eldest) {
              return size() > CELLS_KNOWN;
            }
          });
  private final Map<String, String> comms = new ConcurrentHashMap<>();
  private final Set<Integer> running = ConcurrentHashMap.newKeySet();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable Session session;
  private int executionCount;
  private int lastCell;

  /**
   * Binds the sockets and begins to answer what needs no session.
   *
   * @throws GeneralSecurityException when the signature scheme is unknown
   */
  public KernelServer(KernelConnectionProperties properties) throws GeneralSecurityException {
    wire = new Wire(properties);
    sockets = new Sockets(properties);
    publisher = new Publisher(sockets, wire);
    stdin = new StdinChannel(sockets, wire);
    heartbeat();
    publish("status", Outgoing.NO_PARENT, Json.of("execution_state", "starting"));
  }

  /** Serves with this session until a shutdown is asked for. */
  public void serve(Session served) throws InterruptedException {
    session = served;
    loop("control", sockets.properties().getControlPort());
    loop("shell", sockets.properties().getShellPort());
    over.await();
    served.close();
  }

  private Session session() {
    Session s = session;
    if (s == null) {
      throw new IllegalStateException("messages are taken only once there is a session");
    }
    return s;
  }

  private void heartbeat() {
    ZMQ.Socket socket = sockets.bind(SocketType.REP, sockets.properties().getHbPort());
    start(
        "heartbeat",
        () -> {
          while (true) {
            Sockets.send(socket, Sockets.receive(socket));
          }
        });
  }

  private static void start(String name, Runnable work) {
    Thread t = new Thread(work, name);
    t.setDaemon(true);
    t.start();
  }

  private void loop(String name, int port) {
    ZMQ.Socket socket = sockets.bind(SocketType.ROUTER, port);
    start(
        name,
        () -> {
          Channel channel = new Channel(socket);
          while (over.getCount() > 0) {
            try {
              handle(channel, channel.next());
            } catch (BadMessage e) {
              JupyterLog.note(name + ": dropped " + e.getMessage());
            } catch (Throwable t) {
              JupyterLog.warn(name, t);
            }
          }
        });
  }

  /** A ROUTER socket and what was read ahead of its turn; used by its own thread only. */
  private final class Channel {
    private final ZMQ.Socket socket;
    private final Deque<Incoming> ahead = new ArrayDeque<>();
    private final Set<String> aborted = new HashSet<>();

    Channel(ZMQ.Socket socket) {
      this.socket = socket;
    }

    Incoming next() throws BadMessage {
      Incoming waiting = ahead.poll();
      return waiting != null ? waiting : wire.decode(Sockets.receive(socket));
    }

    /** Marks the cells that wait behind a failed one: they will not run. */
    void abortWaiting() {
      while ((socket.getEvents() & ZMQ.Poller.POLLIN) != 0) {
        try {
          ahead.add(wire.decode(Sockets.receive(socket)));
        } catch (BadMessage e) {
          JupyterLog.note("shell: dropped " + e.getMessage());
        }
      }
      ahead.stream()
          .filter(m -> m.type().equals("execute_request"))
          .forEach(m -> aborted.add(m.id()));
    }

    boolean isAborted(Incoming m) {
      return aborted.remove(m.id());
    }

    void reply(Incoming to, JsonObject content, JsonObject metadata) {
      String type = to.type().replace("_request", "_reply");
      Sockets.send(
          socket,
          wire.encode(
              new Outgoing(to.identities(), type, to.rawHeader(), content, metadata, List.of())));
    }

    void reply(Incoming to, JsonObject content) {
      reply(to, content, new JsonObject());
    }
  }

  private void publish(String type, byte[] parent, JsonObject content) {
    publisher.publish(Outgoing.published(type, parent, content));
  }

  private void status(Incoming parent, String state) {
    publish("status", parent.rawHeader(), Json.of("execution_state", state));
  }

  private void handle(Channel channel, Incoming m) {
    status(m, "busy");
    try {
      answer(channel, m);
    } catch (Throwable t) {
      JupyterLog.warn(m.type(), t);
      if (m.type().endsWith("_request")) {
        channel.reply(
            m,
            error(
                t.getClass().getSimpleName(),
                String.valueOf(t.getMessage()),
                List.of(t.toString())));
      }
    } finally {
      status(m, "idle");
      if (m.type().equals("shutdown_request")) {
        leave();
      } else if (m.type().equals("execute_request")) {
        session().keepSpare();
      }
    }
  }

  private void leave() {
    CountDownLatch sent = new CountDownLatch(1);
    publisher.publish(
        Outgoing.published("status", Outgoing.NO_PARENT, Json.of("execution_state", "idle")),
        sent::countDown);
    try {
      if (!sent.await(MILLIS_TO_LEAVE, TimeUnit.MILLISECONDS)) {
        JupyterLog.note("left with messages unsent");
      }
      // The sockets' own thread needs a moment to write what they hold.
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    over.countDown();
  }

  private void answer(Channel channel, Incoming m) {
    switch (m.type()) {
      case "kernel_info_request" -> channel.reply(m, kernelInfo());
      case "execute_request" -> execute(channel, m);
      case "complete_request" -> channel.reply(m, complete(m));
      case "inspect_request" -> channel.reply(m, inspect(m));
      case "is_complete_request" -> channel.reply(m, isComplete(m));
      case "history_request" -> channel.reply(m, history(m));
      case "comm_info_request" -> channel.reply(m, commInfo(m));
      case "comm_open" -> comm(m, Frame.CommKind.OPEN);
      case "comm_msg" -> comm(m, Frame.CommKind.MESSAGE);
      case "comm_close" -> comm(m, Frame.CommKind.CLOSE);
      case "connect_request" -> channel.reply(m, connect());
      case "interrupt_request" -> {
        interrupt();
        channel.reply(m, Json.ok());
      }
      case "shutdown_request" -> {
        JsonObject reply = Json.ok();
        reply.addProperty("restart", m.flag("restart", false));
        channel.reply(m, reply);
        publish("shutdown_reply", m.rawHeader(), reply);
      }
      default -> JupyterLog.note("a message of type " + m.type() + " is not known here");
    }
  }

  /** Stops the cell that runs, if one does. */
  public void interrupt() {
    Session s = session;
    if (s != null) {
      stdin.forget();
      s.interrupt();
    }
  }

  private static JsonObject kernelInfo() {
    JsonObject reply = Json.ok();
    reply.addProperty("protocol_version", Wire.PROTOCOL);
    reply.addProperty("implementation", "paniclab");
    reply.addProperty("implementation_version", "0.1.0");
    reply.add(
        "language_info",
        Json.GSON.toJsonTree(
            new LanguageInfo.Builder("java")
                .version(System.getProperty("java.specification.version"))
                .mimetype("text/x-java")
                .fileExtension(".java")
                .pygments("java")
                .codemirror("text/x-java")
                .build()));
    reply.addProperty(
        "banner",
        "PanicLab: Go programs on a model, by %%go, and Java cells. %lsmagic lists more.");
    reply.add("help_links", new JsonArray());
    reply.addProperty("debugger", false);
    reply.add("supported_features", new JsonArray());
    return reply;
  }

  private JsonObject connect() {
    KernelConnectionProperties p = sockets.properties();
    JsonObject reply = Json.ok();
    reply.addProperty("shell_port", p.getShellPort());
    reply.addProperty("iopub_port", p.getIopubPort());
    reply.addProperty("stdin_port", p.getStdinPort());
    reply.addProperty("hb_port", p.getHbPort());
    reply.addProperty("control_port", p.getControlPort());
    return reply;
  }

  private void execute(Channel channel, Incoming m) {
    boolean silent = m.flag("silent", false);
    boolean counted = m.flag("store_history", true) && !silent;
    JsonObject metadata = Json.of("started", Wire.now());
    if (channel.isAborted(m)) {
      JsonObject reply = new JsonObject();
      reply.addProperty("status", "aborted");
      reply.addProperty("execution_count", executionCount);
      channel.reply(m, reply, metadata);
      return;
    }
    String code = m.text("code", "");
    int count = counted ? ++executionCount : executionCount;
    if (!silent) {
      JsonObject input = Json.of("code", code);
      input.addProperty("execution_count", count);
      publish("execute_input", m.rawHeader(), input);
    }
    int cell = ++lastCell;
    cells.put(cell, m);
    running.add(cell);
    CellResult result;
    try {
      result = session().execute(cell, count, code);
    } finally {
      running.remove(cell);
      stdin.forget();
    }
    if (result instanceof CellResult.Failed f && f.name().equals(CellResult.WORKER_ENDED)) {
      closeComms(m);
    }
    JsonObject reply = report(m, cell, count, silent, result);
    if (counted) {
      history.add(count, code, output(result));
    }
    if (result instanceof CellResult.Failed && m.flag("stop_on_error", true)) {
      channel.abortWaiting();
    }
    metadata.add("status", reply.get("status"));
    channel.reply(m, reply, metadata);
  }

  /** The other ends of all comms went with the worker. */
  private void closeComms(Incoming m) {
    for (String id : List.copyOf(comms.keySet())) {
      comms.remove(id);
      JsonObject content = Json.of("comm_id", id);
      content.add("data", new JsonObject());
      publish("comm_close", m.rawHeader(), content);
    }
  }

  private static String output(CellResult result) {
    return result instanceof CellResult.Ok ok ? ok.value().map(Display::text).orElse("") : "";
  }

  private JsonObject report(Incoming m, int cell, int count, boolean silent, CellResult result) {
    JsonObject reply;
    switch (result) {
      case CellResult.Ok ok -> {
        if (ok.value().isPresent() && !silent) {
          JsonObject shown = Json.bundle(ok.value().get());
          shown.addProperty("execution_count", count);
          publish("execute_result", m.rawHeader(), shown);
        }
        reply = Json.ok();
        JsonArray payload = new JsonArray();
        ok.pages().forEach(p -> payload.add(page(p)));
        ok.next().ifPresent(text -> payload.add(nextCell(text)));
        reply.add("payload", payload);
        reply.add("user_expressions", expressions(cell, m.object("user_expressions")));
      }
      case CellResult.Failed f -> {
        if (!silent) {
          JsonObject e = error(f.name(), f.message(), f.traceback());
          e.remove("status");
          publish("error", m.rawHeader(), e);
        }
        reply = error(f.name(), f.message(), f.traceback());
        reply.add("payload", new JsonArray());
        reply.add("user_expressions", new JsonObject());
      }
    }
    reply.addProperty("execution_count", count);
    return reply;
  }

  private static JsonObject nextCell(String text) {
    JsonObject next = Json.of("source", "set_next_input");
    next.addProperty("text", text);
    next.addProperty("replace", false);
    return next;
  }

  private static JsonObject page(Display d) {
    JsonObject page = Json.of("source", "page");
    page.add("data", Json.bundle(d).get("data"));
    page.addProperty("start", 0);
    return page;
  }

  private JsonObject expressions(int cell, JsonObject asked) {
    JsonObject all = new JsonObject();
    for (Map.Entry<String, JsonElement> e : asked.entrySet()) {
      String code = e.getValue().isJsonPrimitive() ? e.getValue().getAsString() : "";
      CellResult result = session().execute(cell, executionCount, code);
      all.add(
          e.getKey(),
          switch (result) {
            case CellResult.Ok ok -> {
              JsonObject value = Json.bundle(ok.value().orElse(Display.text("")));
              value.addProperty("status", "ok");
              yield value;
            }
            case CellResult.Failed f -> error(f.name(), f.message(), f.traceback());
          });
    }
    return all;
  }

  private static JsonObject error(String name, String message, List<String> traceback) {
    JsonObject o = new JsonObject();
    o.addProperty("status", "error");
    o.addProperty("ename", name);
    o.addProperty("evalue", message);
    o.add("traceback", Json.array(traceback));
    return o;
  }

  /** Jupyter counts positions in code points. */
  private static int utf16(String code, int codePoints) {
    int n = Math.clamp(codePoints, 0, code.codePointCount(0, code.length()));
    return code.offsetByCodePoints(0, n);
  }

  private static int codePoints(String code, int utf16) {
    return code.codePointCount(0, Math.clamp(utf16, 0, code.length()));
  }

  private JsonObject complete(Incoming m) {
    String code = m.text("code", "");
    int cursor = utf16(code, m.number("cursor_pos", code.codePointCount(0, code.length())));
    Completion c = session().complete(code, cursor);
    int start = codePoints(code, c.start());
    int end = codePoints(code, c.end());
    JsonObject reply = Json.ok();
    reply.add("matches", Json.array(c.items().stream().map(Completion.Item::text).toList()));
    reply.addProperty("cursor_start", start);
    reply.addProperty("cursor_end", end);
    JsonArray types = new JsonArray();
    for (Completion.Item item : c.items()) {
      JsonObject t = Json.of("text", item.text());
      t.addProperty("start", start);
      t.addProperty("end", end);
      t.addProperty("type", item.kind());
      t.addProperty("signature", item.signature());
      types.add(t);
    }
    JsonObject metadata = new JsonObject();
    metadata.add("_jupyter_types_experimental", types);
    reply.add("metadata", metadata);
    return reply;
  }

  private JsonObject inspect(Incoming m) {
    String code = m.text("code", "");
    int cursor = utf16(code, m.number("cursor_pos", code.codePointCount(0, code.length())));
    Optional<Display> found = session().inspect(code, cursor, m.number("detail_level", 0) > 0);
    JsonObject reply = Json.ok();
    reply.addProperty("found", found.isPresent());
    JsonObject bundle =
        Json.bundle(found.orElse(new Display(Map.of(), Map.of(), Optional.empty())));
    reply.add("data", bundle.get("data"));
    reply.add("metadata", bundle.get("metadata"));
    return reply;
  }

  private JsonObject isComplete(Incoming m) {
    return switch (session().isComplete(m.text("code", ""))) {
      case COMPLETE -> Json.of("status", "complete");
      case INVALID -> Json.of("status", "invalid");
      case UNKNOWN -> Json.of("status", "unknown");
      case INCOMPLETE -> {
        JsonObject reply = Json.of("status", "incomplete");
        reply.addProperty("indent", indentAfter(m.text("code", "")));
        yield reply;
      }
    };
  }

  private static String indentAfter(String code) {
    String last = code.substring(code.lastIndexOf('\n') + 1);
    String indent = last.substring(0, last.length() - last.stripLeading().length());
    return last.stripTrailing().endsWith("{") ? indent + "    " : indent;
  }

  private JsonObject history(Incoming m) {
    Set<ResultFlag> flags = EnumSet.noneOf(ResultFlag.class);
    if (m.flag("output", false)) {
      flags.add(ResultFlag.INCLUDE_OUTPUT);
    }
    if (m.flag("unique", false)) {
      flags.add(ResultFlag.UNIQUE);
    }
    List<HistoryEntry> entries =
        switch (m.text("hist_access_type", "tail")) {
          case "range" ->
              history.lookupRange(
                  m.number("session", 0),
                  m.number("start", 1),
                  m.number("stop", Integer.MAX_VALUE),
                  flags);
          case "search" -> history.search(m.text("pattern", "*"), m.number("n", 1_000), flags);
          default -> history.lookupTail(m.number("n", 1_000), flags);
        };
    JsonArray all = new JsonArray();
    for (HistoryEntry e : entries) {
      all.add(entry(e));
    }
    JsonObject reply = Json.ok();
    reply.add("history", all);
    return reply;
  }

  private static JsonArray entry(HistoryEntry e) {
    JsonArray tuple = new JsonArray();
    tuple.add(e.getSession());
    tuple.add(e.getCellNumber());
    if (e.hasOutput()) {
      tuple.add(Json.array(List.of(e.getInput(), e.getOutput())));
    } else {
      tuple.add(e.getInput());
    }
    return tuple;
  }

  private JsonObject commInfo(Incoming m) {
    String wanted = m.text("target_name", "");
    JsonObject all = new JsonObject();
    comms.forEach((id, target) -> {
      if (wanted.isEmpty() || wanted.equals(target)) {
        all.add(id, Json.of("target_name", target));
      }
    });
    JsonObject reply = Json.ok();
    reply.add("comms", all);
    return reply;
  }

  private void comm(Incoming m, Frame.CommKind kind) {
    String id = m.text("comm_id", "");
    switch (kind) {
      case OPEN -> comms.put(id, m.text("target_name", ""));
      case CLOSE -> comms.remove(id);
      case MESSAGE -> {}
    }
    int cell = ++lastCell;
    cells.put(cell, m);
    session()
        .comm(
            new Frame.Comm(
                0,
                cell,
                kind,
                id,
                m.text("target_name", ""),
                Json.GSON.toJson(m.object("data")),
                Json.GSON.toJson(m.metadata()),
                m.buffers()));
  }

  /** What a worker says without being asked. */
  public void event(Frame frame) {
    switch (frame) {
      case Frame.Stream f -> {
        JsonObject content = Json.of("name", f.stderr() ? "stderr" : "stdout");
        content.addProperty("text", f.text());
        publish("stream", parent(f.cell()), content);
      }
      case Frame.Shown f ->
          publish(
              f.update() ? "update_display_data" : "display_data",
              parent(f.cell()),
              Json.bundle(f.display()));
      case Frame.Clear f -> {
        JsonObject content = new JsonObject();
        content.addProperty("wait", f.later());
        publish("clear_output", parent(f.cell()), content);
      }
      case Frame.Ask f -> ask(f);
      case Frame.Comm f -> publishComm(f);
      case Frame.Load _,
          Frame.Invoke _,
          Frame.Show _,
          Frame.ReadVariable _,
          Frame.AddPath _,
          Frame.Task _,
          Frame.Stop _,
          Frame.Input _,
          Frame.End _,
          Frame.Ready _,
          Frame.Done _ ->
          throw new IllegalArgumentException("not an event: " + frame);
    }
  }

  private byte[] parent(int cell) {
    Incoming m = cells.get(cell);
    return m == null ? Outgoing.NO_PARENT : m.rawHeader();
  }

  private void ask(Frame.Ask f) {
    Incoming cell = cells.get(f.cell());
    if (cell == null || !cell.flag("allow_stdin", false) || !running.contains(f.cell())) {
      String refused = session().messages().get("input.refused");
      session().answer(new Frame.Input(f.ask(), Frame.InputStatus.REFUSED, refused));
      return;
    }
    stdin.ask(
        cell,
        f.prompt(),
        f.password(),
        line -> session().answer(new Frame.Input(f.ask(), Frame.InputStatus.LINE, line)));
  }

  private void publishComm(Frame.Comm f) {
    JsonObject content = Json.of("comm_id", f.id());
    String type =
        switch (f.kind()) {
          case OPEN -> {
            comms.put(f.id(), f.target());
            content.addProperty("target_name", f.target());
            yield "comm_open";
          }
          case MESSAGE -> "comm_msg";
          case CLOSE -> {
            comms.remove(f.id());
            yield "comm_close";
          }
        };
    content.add("data", Json.parse(f.data()));
    JsonElement metadata = Json.parse(f.metadata());
    publisher.publish(
        new Outgoing(
            List.of(type.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            type,
            parent(f.cell()),
            content,
            metadata.isJsonObject() ? metadata.getAsJsonObject() : new JsonObject(),
            f.buffers()));
  }
}

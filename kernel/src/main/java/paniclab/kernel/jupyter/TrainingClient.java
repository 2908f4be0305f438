package paniclab.kernel.jupyter;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A client that makes a kernel do once what every notebook makes it do. */
public final class TrainingClient {
  private static final int MILLIS_FOR_A_REPLY = 60_000;

  private final KernelConnectionProperties properties;

  /** A client of this kernel. */
  public TrainingClient(KernelConnectionProperties properties) {
    this.properties = properties;
  }

  /**
   * Sends the requests one after the other, the last of them a shutdown.
   *
   * @throws IOException when an answer does not come
   */
  public void run() throws IOException {
    try (ZMQ.Context context = ZMQ.context(1);
        ZMQ.Socket shell = context.socket(SocketType.DEALER);
        ZMQ.Socket iopub = context.socket(SocketType.SUB)) {
      Wire wire = new Wire(properties);
      shell.setReceiveTimeOut(MILLIS_FOR_A_REPLY);
      shell.setLinger(0);
      iopub.setLinger(0);
      iopub.subscribe(new byte[0]);
      iopub.connect("tcp://" + properties.getIp() + ":" + properties.getIopubPort());
      shell.connect("tcp://" + properties.getIp() + ":" + properties.getShellPort());
      ask(shell, wire, "kernel_info_request", new JsonObject());
      for (String code : CELLS) {
        ask(shell, wire, "execute_request", Json.of("code", code));
      }
      JsonObject at = Json.of("code", "List.of(1).st");
      at.addProperty("cursor_pos", 13);
      ask(shell, wire, "complete_request", at);
      ask(shell, wire, "is_complete_request", Json.of("code", "int x = 3;"));
      JsonObject name = Json.of("code", "Math.abs");
      name.addProperty("cursor_pos", 8);
      ask(shell, wire, "inspect_request", name);
      ask(shell, wire, "history_request", Json.of("hist_access_type", "tail"));
      ask(shell, wire, "shutdown_request", new JsonObject());
    } catch (GeneralSecurityException | BadMessage e) {
      throw new IOException(e);
    }
  }

  private static final List<String> CELLS =
      List.of(
          "1+1",
          "int trained = 3; trained * 2",
          "System.out.println(\"hello\"); System.err.print(\"\")",
          "record Trained(int a) {}",
          "List.of(new Trained(1), new Trained(2))",
          "int trainedTwice(int n) { for (int i = 0; i < 3; i++) n += i; return n; }",
          "trainedTwice(2)",
          "%%go\npackage main\n\nimport \"fmt\"\n\nfunc main() {\n"
              + "\tdefer func() { fmt.Println(recover()) }()\n\tpanic(\"trained\")\n}\n",
          "throw new IllegalStateException(\"trained\")",
          "nothingOfTheKind + 1");

  private static void ask(ZMQ.Socket shell, Wire wire, String type, JsonObject content)
      throws IOException, BadMessage {
    Sockets.send(
        shell,
        wire.encode(
            new Outgoing(
                List.of(), type, Outgoing.NO_PARENT, content, new JsonObject(), List.of())));
    List<byte[]> answer = Sockets.receive(shell);
    if (answer.isEmpty()) {
      throw new IOException("no answer to " + type);
    }
    wire.decode(answer);
  }
}

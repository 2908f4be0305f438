import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Build step: takes Graphviz's WebAssembly module out of viz-js's {@code backend.js}, where it is
 * text, and writes down by which short names that file imports and exports its functions.
 *
 * <p>Arguments: backend.js, the SHA-256 the module must have, the module to write, the properties
 * to write.
 */
final class UnpackGraphviz {
  private static final Pattern EXPORT =
      Pattern.compile("[;{](?:_?(\\w+)=Module\\[\"[^\"]+\"\\]=)wasmExports\\[\"([^\"]+)\"\\]");
  private static final Pattern IMPORTS = Pattern.compile("wasmImports=\\{([^}]*)\\}");
  private static final Pattern START =
      Pattern.compile("initRuntime\\(\\)\\{.*?wasmExports\\[\"([^\"]+)\"\\]\\(\\)");
  private static final Pattern MEMORY = Pattern.compile("wasmMemory=wasmExports\\[\"([^\"]+)\"\\]");

  private UnpackGraphviz() {}

  public static void main(String[] args) throws Exception {
    String js = Files.readString(Path.of(args[0]));
    byte[] module = decode(js);
    String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(module));
    if (!sha.equals(args[1])) {
      throw new IOException(
          args[0] + ": its module has SHA-256 " + sha + ", the pom expects " + args[1]);
    }
    write(Path.of(args[2]), module);
    write(Path.of(args[3]), names(js).getBytes(StandardCharsets.UTF_8));
  }

  /** Writes only what differs, so that later steps can see that nothing changed. */
  private static void write(Path file, byte[] bytes) throws IOException {
    if (!Files.exists(file) || !java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes);
    }
  }

  /** The string in {@code binaryDecode("...")}: a character is a byte, 256 stands for 0. */
  private static byte[] decode(String js) throws IOException {
    int start = js.indexOf("return binaryDecode(");
    if (start < 0) {
      throw new IOException("no call of binaryDecode in backend.js: another version of viz-js?");
    }
    start += "return binaryDecode(".length();
    char quote = js.charAt(start);
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(js.length());
    int i = start + 1;
    for (; js.charAt(i) != quote; i++) {
      int c = js.charAt(i);
      if (c == '\\') {
        c = js.charAt(++i);
        switch (c) {
          case 'n' -> c = '\n';
          case 'r' -> c = '\r';
          case 't' -> c = '\t';
          case 'b' -> c = '\b';
          case 'f' -> c = '\f';
          case 'v' -> c = 0x0b;
          case '0' -> c = 0;
          case 'x' -> {
            c = Integer.parseInt(js.substring(i + 1, i + 3), 16);
            i += 2;
          }
          case 'u' -> {
            c = Integer.parseInt(js.substring(i + 1, i + 5), 16);
            i += 4;
          }
          default -> {}
        }
      }
      out.write((~c >> 8) & c);
    }
    return out.toByteArray();
  }

  private static String names(String js) throws IOException {
    Map<String, String> names = new TreeMap<>();
    Matcher m = EXPORT.matcher(js);
    while (m.find()) {
      names.put("export." + m.group(1), m.group(2));
    }
    names.put("export.start", find(START, js));
    names.put("export.memory", find(MEMORY, js));
    for (String pair : find(IMPORTS, js).split(",")) {
      String[] p = pair.split(":");
      names.put("import." + p[0], p[1]);
    }
    StringBuilder b = new StringBuilder();
    names.forEach((k, v) -> b.append(k).append('=').append(v).append('\n'));
    return b.toString();
  }

  private static String find(Pattern p, String js) throws IOException {
    Matcher m = p.matcher(js);
    if (!m.find()) {
      throw new IOException("backend.js has nothing like " + p);
    }
    return m.group(1);
  }
}

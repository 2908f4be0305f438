package paniclab.exercises.grading;

import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A text file whose encoding was found out.
 *
 * @param mark how many bytes of a byte order mark stand before the text
 * @param note what a person should know about the encoding
 */
record TextFile(Path file, Charset charset, int mark, Optional<String> note, BooleanSupplier stop) {
  private static final Charset GB18030 = Charset.forName("GB18030");

  /** Reading was told to stop. */
  static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static TextFile of(Path file, BooleanSupplier stop) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    if (starts(head, 0xEF, 0xBB, 0xBF)) {
      return utf8(file, 3, stop);
    }
    if (starts(head, 0xFF, 0xFE) || head.length == 4 && head[1] == 0 && head[0] != 0) {
      return utf16(file, StandardCharsets.UTF_16LE, head, stop);
    }
    if (starts(head, 0xFE, 0xFF) || head.length == 4 && head[0] == 0 && head[1] != 0) {
      return utf16(file, StandardCharsets.UTF_16BE, head, stop);
    }
    return utf8(file, 0, stop);
  }

  private static boolean starts(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static TextFile utf16(Path file, Charset charset, byte[] head, BooleanSupplier stop) {
    int mark = head[0] == 0 || head[1] == 0 ? 0 : 2;
    return new TextFile(file, charset, mark, Optional.of("is " + charset + ", not UTF-8"), stop);
  }

  private static TextFile utf8(Path file, int mark, BooleanSupplier stop) throws IOException {
    TextFile utf8 = new TextFile(file, StandardCharsets.UTF_8, mark, Optional.empty(), stop);
    if (utf8.decodes()) {
      return utf8;
    }
    TextFile gb = new TextFile(file, GB18030, mark, Optional.of("is GB18030, not UTF-8"), stop);
    return gb.decodes()
        ? gb
        : new TextFile(
            file, StandardCharsets.UTF_8, mark, Optional.of("holds bytes that are no UTF-8"), stop);
  }

  /** Whether all bytes are text in this encoding. */
  private boolean decodes() throws IOException {
    try (Reader in = open(CodingErrorAction.REPORT)) {
      char[] buffer = new char[1 << 16];
      while (in.read(buffer, 0, buffer.length) >= 0) {
        continue;
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The text without its mark; bytes that are no text become U+FFFD. */
  Reader open() throws IOException {
    return open(CodingErrorAction.REPLACE);
  }

  private Reader open(CodingErrorAction action) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.skipNBytes(mark);
    BooleanSupplier stop = this.stop;
    return new FilterReader(
        new InputStreamReader(
            in, charset.newDecoder().onMalformedInput(action).onUnmappableCharacter(action))) {
      @Override
      public int read(char[] buffer, int offset, int length) throws IOException {
        if (stop.getAsBoolean()) {
          throw new Stopped();
        }
        return super.read(buffer, offset, length);
      }
    };
  }

  String readAll() throws IOException {
    StringBuilder b = new StringBuilder();
    try (Reader in = open()) {
      char[] buffer = new char[1 << 16];
      for (int n = in.read(buffer, 0, buffer.length);
          n >= 0;
          n = in.read(buffer, 0, buffer.length)) {
        b.append(buffer, 0, n);
      }
    }
    return b.toString();
  }
}

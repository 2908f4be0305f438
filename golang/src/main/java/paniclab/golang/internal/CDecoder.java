package paniclab.golang.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import paniclab.model.c.CKind;
import paniclab.model.c.CProgram;

/** Reads the C side of a program, as FORMAT.md describes it. */
final class CDecoder {
  private final byte[] bytes;
  private final Reader reader;

  CDecoder(byte[] bytes, Reader reader) {
    this.bytes = bytes;
    this.reader = reader;
  }

  CProgram program() {
    List<CProgram.Function> functions = new ArrayList<>();
    for (int n = reader.uint(); n > 0; n--) {
      functions.add(function());
    }
    List<CProgram.Datum> data = new ArrayList<>();
    for (int n = reader.uint(); n > 0; n--) {
      data.add(datum());
    }
    List<CProgram.Export> exports = new ArrayList<>();
    for (int n = reader.uint(); n > 0; n--) {
      exports.add(new CProgram.Export(text(), text(), text()));
    }
    return new CProgram(functions, data, exports);
  }

  private CProgram.Function function() {
    String name = text();
    String file = text();
    int flags = reader.uint();
    List<CProgram.Param> params = new ArrayList<>();
    for (int n = reader.uint(); n > 0; n--) {
      params.add(new CProgram.Param(CKind.of(reader.uint()), reader.uint(), reader.uint()));
    }
    CKind result = CKind.of(reader.uint());
    int resultSize = reader.uint();
    int frame = reader.uint();
    int sure = reader.uint();
    int registers = reader.uint();
    long[] code = new long[reader.uint()];
    for (int i = 0; i < code.length; i++) {
      code[i] = reader.slong();
    }
    return new CProgram.Function(
        name,
        file,
        (flags & 1) != 0,
        (flags & 2) != 0,
        (flags & 4) != 0,
        (flags & 8) != 0,
        (flags & 16) != 0,
        params,
        result,
        resultSize,
        frame,
        sure,
        registers,
        code);
  }

  private CProgram.Datum datum() {
    String name = text();
    int size = reader.uint();
    int align = reader.uint();
    int flags = reader.uint();
    byte[] content = content();
    List<CProgram.Reloc> relocs = new ArrayList<>();
    for (int n = reader.uint(); n > 0; n--) {
      relocs.add(
          new CProgram.Reloc(reader.uint(), reader.uint() != 0, reader.uint(), reader.slong()));
    }
    return new CProgram.Datum(
        name, size, align, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, content, relocs);
  }

  private byte[] content() {
    int length = reader.uint();
    byte[] b = Arrays.copyOfRange(bytes, reader.position(), reader.position() + length);
    reader.skip(length);
    return b;
  }

  private String text() {
    return new String(content(), StandardCharsets.UTF_8);
  }
}

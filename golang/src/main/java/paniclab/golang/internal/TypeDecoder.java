package paniclab.golang.internal;

import java.util.ArrayList;
import java.util.List;
import paniclab.model.program.GoType;

/** Decodes one type record. */
final class TypeDecoder {
  private static final GoType.Kind[] KINDS = GoType.Kind.values();
  private static final GoType.Direction[] DIRECTIONS = GoType.Direction.values();

  private final Unit unit;
  private final Reader r;

  TypeDecoder(Unit unit, Reader r) {
    this.unit = unit;
    this.r = r;
  }

  GoType decode() {
    int kind = r.u8();
    return switch (kind) {
      case 0 -> new GoType.Basic(KINDS[r.uint()]);
      case 1 -> named();
      case 2 -> new GoType.Pointer(type());
      case 3 -> new GoType.Slice(type());
      case 4 -> new GoType.Array(type(), r.ulong());
      case 5 -> new GoType.Map(type(), type());
      case 6 -> new GoType.Chan(type(), DIRECTIONS[r.uint()]);
      case 7 -> struct();
      case 8 -> new GoType.Tuple(unit.types(r));
      case 9 -> new GoType.Signature(unit.types(r), unit.types(r), r.bool());
      case 10 -> interfaceType();
      default -> throw new IllegalStateException("type record of unknown kind " + kind);
    };
  }

  private GoType type() {
    return unit.type(r.uint());
  }

  private GoType named() {
    String name = unit.string(r.uint());
    String display = unit.string(r.uint());
    String path = unit.string(r.uint());
    int underlying = r.uint();
    return new GoType.Named(name, display, path, () -> unit.type(underlying));
  }

  private GoType struct() {
    List<GoType.Field> fields = new ArrayList<>();
    for (int n = r.uint(); n > 0; n--) {
      String name = unit.string(r.uint());
      String path = unit.string(r.uint());
      GoType type = type();
      boolean embedded = r.bool();
      fields.add(new GoType.Field(name, path, type, embedded, unit.string(r.uint())));
    }
    return new GoType.Struct(fields);
  }

  private GoType interfaceType() {
    List<GoType.Method> methods = new ArrayList<>();
    for (int n = r.uint(); n > 0; n--) {
      String name = unit.string(r.uint());
      String path = unit.string(r.uint());
      methods.add(new GoType.Method(name, path, (GoType.Signature) type()));
    }
    return new GoType.Interface(methods);
  }
}

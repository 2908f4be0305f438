package paniclab.model.machine;

/** The interpreter's own operations. Operands are registers: L of longs, R of references. */
final class Op {
  private Op() {}

  static final int SLOW = 0;
  static final int ADD = 1;
  static final int SUB = 2;
  static final int MUL = 3;
  static final int DIV = 4;
  static final int REM = 5;
  static final int AND = 6;
  static final int OR = 7;
  static final int XOR = 8;
  static final int ANDNOT = 9;
  static final int SHL = 10;
  static final int SHR = 11;
  static final int USHR = 12;
  static final int NEG = 13;
  static final int NOT = 14;
  static final int LNOT = 15;
  static final int INT8 = 16;
  static final int INT16 = 17;
  static final int INT32 = 18;
  static final int UINT8 = 19;
  static final int UINT16 = 20;
  static final int UINT32 = 21;
  static final int EQ = 22;
  static final int NE = 23;
  static final int LT = 24;
  static final int LE = 25;
  static final int ULT = 26;
  static final int ULE = 27;
  static final int FADD = 28;
  static final int FSUB = 29;
  static final int FMUL = 30;
  static final int FDIV = 31;
  static final int FNEG = 32;
  static final int FLT = 33;
  static final int FLE = 34;
  static final int FEQ = 35;
  static final int FLOAT32 = 36;

  /** A register, and where to go when it holds and when not; counts for itself and a jump. */
  static final int IF = 40;

  static final int IFEQ = 41;
  static final int IFNE = 42;
  static final int IFLT = 43;
  static final int IFLE = 44;
  static final int IFULT = 45;
  static final int IFULE = 46;

  /** A target, and what to add to the steps: 0, or -1 where a branch has counted the jump. */
  static final int JUMP = 47;

  static final int MOVL = 48;
  static final int MOVR = 49;
  static final int LOADL = 50;
  static final int LOADR = 51;
  static final int STOREL = 52;
  static final int STORER = 53;
  static final int FIELD = 54;
  static final int FLOADL = 55;
  static final int FLOADR = 56;
  static final int INDEX = 57;
  static final int ILOADL = 58;
  static final int ILOADR = 59;
  static final int GLOBAL = 60;
  static final int CALL = 61;
  static final int RET = 62;
  static final int RETL = 63;
  static final int RETR = 64;
  static final int LENSLICE = 65;
  static final int FSTOREL = 66;
  static final int FSTORER = 67;
  static final int ISTOREL = 68;
  static final int ISTORER = 69;
  static final int EXTRACTL = 70;
  static final int EXTRACTR = 71;

  /** A jump with one move between longs before it: target, steps, to, from. */
  static final int MOVEJUMP = 72;

  /** A jump with two moves, in this order: target, steps, to, from, to, from. */
  static final int MOVESJUMP = 73;
}

package paniclab.kernel.worker;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;

/**
 * Weaves a call of {@link Tick#tick} into the learner's classes, at every method entry and before
 * every backward branch, so that an interrupt ends any loop and any recursion. It throws wherever
 * the code goes next, so a {@code finally} or {@code catch} around one loop does not keep it alive.
 */
final class Weaver {
  private static final ClassDesc TICK = ClassDesc.of(Tick.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.ofDescriptor("()V");

  private final ClassFile classFile;

  /**
   * @param loader of the classes that are woven
   * @param hierarchy finds the supertypes of classes that the loader does not have yet
   */
  Weaver(ClassLoader loader, ClassHierarchyResolver hierarchy) {
    classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                hierarchy
                    .orElse(ClassHierarchyResolver.ofResourceParsing(loader))
                    .orElse(ClassHierarchyResolver.ofClassLoading(loader))));
  }

  /** The class with its ticks. */
  byte[] weave(byte[] plain) {
    return classFile.transformClass(
        classFile.parse(plain),
        ClassTransform.transformingMethodBodies(_ -> true, CodeTransform.ofStateful(Ticks::new)));
  }

  private static final class Ticks implements CodeTransform {
    private final Set<Label> behind = new HashSet<>();

    @Override
    public void atStart(CodeBuilder to) {
      to.invokestatic(TICK, "tick", NOTHING);
    }

    @Override
    public void accept(CodeBuilder to, CodeElement element) {
      switch (element) {
        case LabelTarget l -> behind.add(l.label());
        case BranchInstruction b when behind.contains(b.target()) -> tick(to);
        case TableSwitchInstruction s
            when behind.contains(s.defaultTarget())
                || s.cases().stream().anyMatch(c -> behind.contains(c.target())) ->
            tick(to);
        case LookupSwitchInstruction s
            when behind.contains(s.defaultTarget())
                || s.cases().stream().anyMatch(c -> behind.contains(c.target())) ->
            tick(to);
        default -> {}
      }
      to.with(element);
    }

    private static void tick(CodeBuilder to) {
      to.invokestatic(TICK, "tick", NOTHING);
    }
  }
}

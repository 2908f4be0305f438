package paniclab.exercises.release;

import java.util.List;
import java.util.Locale;
import paniclab.exercises.FixItem;
import paniclab.exercises.Posed;
import paniclab.exercises.Prompt;
import paniclab.model.program.SourceFile;
import paniclab.programs.GoProgram;

/** An item as it stands in a released notebook. */
sealed interface Asked {
  String id();

  /** The cell to fill in. */
  String template();

  /** What stands above it, under its title. */
  String markdown(Locale locale);

  /** A program and questions about it. */
  record Prediction(Posed posed) implements Asked {
    @Override
    public String id() {
      return posed.item().id();
    }

    @Override
    public String template() {
      return posed.template();
    }

    @Override
    public String markdown(Locale locale) {
      StringBuilder b = new StringBuilder();
      List<SourceFile> files = posed.program().files();
      for (SourceFile f : files) {
        if (files.size() > 1) {
          b.append("`").append(f.name()).append("`\n\n");
        }
        b.append(fence(f.text())).append("\n\n");
      }
      return b.append(Prompt.markdown(posed.item(), posed.questions(), locale)).toString();
    }
  }

  /** A program to mend: it stands in the cell itself. */
  record Fix(FixItem item, GoProgram program) implements Asked {
    @Override
    public String id() {
      return item.id();
    }

    @Override
    public String template() {
      return item.template(program);
    }

    @Override
    public String markdown(Locale locale) {
      return item.markdown(locale);
    }
  }

  private static String fence(String text) {
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return fence + "go\n" + text.stripTrailing() + "\n" + fence;
  }
}

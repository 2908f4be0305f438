package paniclab.model.crash;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands between the brackets of a goroutine's header. */
record GoroutineState(String state, int minutes, boolean locked) {
  private static final Pattern MINUTES = Pattern.compile("(\\d{1,9}) minutes");
  private static final Pattern LABELS = Pattern.compile(" labels:\\{.*");

  static GoroutineState parse(String words) {
    String plain = LABELS.matcher(words).replaceFirst("");
    String[] parts = plain.split(", ");
    int minutes = 0;
    boolean locked = false;
    for (int i = 1; i < parts.length; i++) {
      Matcher m = MINUTES.matcher(parts[i]);
      if (m.matches()) {
        minutes = Integer.parseInt(m.group(1));
      }
      locked |= parts[i].equals("locked to thread");
    }
    return new GoroutineState(parts[0], minutes, locked);
  }
}

package paniclab.model.crash;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log puts in front of each line of a process, learnt from one line of it: times and bare
 * numbers may differ from line to line, words and names may not. So two replicas of one service are
 * two streams, and no list of log formats is needed.
 *
 * @param text as it stood on the line it was learnt from
 * @param source what it looks like with times and numbers left out: the same for the same stream
 * @param pattern matches it at the beginning of other lines
 */
record LogPrefix(String text, String source, Pattern pattern) {
  private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
  private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
  private static final String CLOCK = "\\d{1,2}:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?";
  private static final String ZONE = " ?(?:Z|[+-]\\d\\d:?\\d\\d|UTC|GMT|CET|CEST|[A-Z]{2,4}T)";
  private static final String MOMENT =
      "(?:\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]"
          + CLOCK
          + "(?:"
          + ZONE
          + "\\b)?"
          + "|(?:"
          + DAY
          + ",? )?"
          + MONTH
          + " [ \\d]?\\d,? (?:\\d{4} )?"
          + CLOCK
          + "(?: \\d{4})?"
          + "|\\d{1,2}[-/ ]"
          + MONTH
          + "[-/ ]\\d{4}[: ]"
          + CLOCK
          + "(?: [+-]\\d{4})?"
          + "|"
          + DAY
          + " (?=\\d{4}-)"
          + "|\\d{4}[-/]\\d\\d[-/]\\d\\d"
          + "|"
          + CLOCK
          + "(?:Z|[+-]\\d\\d:?\\d\\d)?)";
  private static final String LEVEL =
      "(?i:trace|debug|info|notice|warn|warning|error|err|fatal|crit|critical|panic|alert|emerg)";

  /** The parts of a prefix that may differ from line to line, and what stands for them. */
  private static final Pattern PART =
      Pattern.compile(
          "(?<time>"
              + MOMENT
              + ")"
              + "|(?<stream>\\bstd(?:out|err) [FP]\\b)"
              + "|(?<level>\\b"
              + LEVEL
              + "\\b)"
              + "|(?<word>[^\\s]*[\\p{L}_][^\\s]*)"
              + "|(?<number>\\d+(?:\\.\\d+)?)"
              + "|(?<blanks>\\s+)"
              + "|(?<other>.)");

  /**
   * A whole prefix of a known kind: times, names, brackets, numbers, bars; no sentence. Each part
   * is possessive so that a long line costs no more than its length.
   */
  private static final Pattern KNOWN =
      Pattern.compile(
          "(?:<\\d{1,3}>1? ?+|"
              + MOMENT
              + "[:,]?+[ \\t]?+|\\[[^\\]\\[]{1,120}+\\]:?+[ \\t]?+"
              + "|std(?:out|err)(?:[ \\t][FP])?+:?+[ \\t]|##\\[\\w+\\]|"
              + LEVEL
              + ":?+[ \\t]++"
              + "|[\\p{L}\\d_.@/:-]{1,120}+(?:\\[[^\\]\\s]{0,40}\\])?+:[ \\t]|[\\p{L}\\d_./-]{1,120}+[ \\t]*+\\|[ \\t]?+"
              + "|[\\p{L}\\d_.-]{1,120}+[ \\t](?=[\\p{L}\\d_.@/-]+(?:\\[[^\\]]*\\])?:[ \\t])"
              + "|\\d+(?:\\.\\d+)?+[ \\t]|- |MESSAGE=)++");

  /** A name with a colon alone is no prefix: prose and messages have that. */
  private static final Pattern SIGN = Pattern.compile(MOMENT + "|[|\\[<]|std(?:out|err) |MESSAGE=");

  /** RFC 5424: priority and version, time, host, application, process, message id, data. */
  private static final Pattern RFC5424 =
      Pattern.compile("<\\d{1,3}>1 \\S+ \\S+ \\S+ \\S+ \\S+ (?:-|\\[.*\\]) ?");

  /** A pod and a container, as tools that follow several pods write them. */
  private static final Pattern POD =
      Pattern.compile("[a-z0-9-]+-[a-z0-9]{8,10}-[a-z0-9]{5}[ :] ?[a-z0-9-]+[ :>|\\u203a]+");

  private static final Pattern CRI =
      Pattern.compile("(?:.*[ \\t])?" + MOMENT + " std(?:out|err) [FP] ");

  /** What Go's own log package writes: the program speaks, not the runtime. */
  private static final Pattern OWN =
      Pattern.compile(
          ".*(?:\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? (?:[\\w./-]+:\\d+: )?|\\b"
              + LEVEL
              + "\\b[\\]:]? *)",
          Pattern.DOTALL);

  /** The time that Go's log package puts in front of a message. */
  static final Pattern GO_TIME =
      Pattern.compile("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? $");

  /** The longest prefix that is looked at, in characters. */
  static final int LONGEST = 400;

  /** No prefix. */
  static final LogPrefix NONE = new LogPrefix("", "", Pattern.compile(""));

  /** What a structured logger of the program writes: nothing to strip, but the program speaks. */
  static final LogPrefix OWN_LOG = new LogPrefix("", "own", Pattern.compile(""));

  /** Learns a prefix from one line. */
  static LogPrefix learn(String prefix) {
    if (prefix.isEmpty()) {
      return NONE;
    }
    StringBuilder regex = new StringBuilder();
    StringBuilder source = new StringBuilder();
    Matcher m = PART.matcher(prefix);
    while (m.find()) {
      if (m.group("time") != null) {
        regex.append(MOMENT);
        source.append('T');
      } else if (m.group("stream") != null) {
        regex.append("std(?:out|err) [FP]");
        source.append('S');
      } else if (m.group("level") != null) {
        regex.append("\\p{L}+");
        source.append('L');
      } else if (m.group("number") != null) {
        regex.append("\\d+(?:\\.\\d+)?");
        source.append('N');
      } else if (m.group("blanks") != null) {
        boolean last = m.end() == prefix.length();
        regex.append(m.group().length() == 1 ? Pattern.quote(m.group()) : last ? "\\s" : "\\s+");
        source.append(' ');
        if (last && m.group().length() > 1) {
          regex.append('{').append(m.group().length()).append('}');
        }
      } else {
        regex.append(Pattern.quote(m.group()));
        source.append(m.group());
      }
    }
    return new LogPrefix(prefix, source.toString().strip(), Pattern.compile(regex.toString()));
  }

  /** The line without this prefix; absent where the line has another or none. */
  Optional<String> strip(String line) {
    if (text.isEmpty()) {
      return Optional.of(line);
    }
    Matcher m = pattern.matcher(line);
    if (m.lookingAt()) {
      return Optional.of(line.substring(m.end()));
    }
    // An empty line of the process: editors and logs take away the blank at the end.
    if (line.length() <= text.length() + 20 && text.endsWith(" ")) {
      m = pattern.matcher(line + " ");
      if (m.matches()) {
        return Optional.of("");
      }
    }
    return Optional.empty();
  }

  /** Whether it is of a kind that logs, containers and supervisors write. */
  boolean known() {
    String t = text.stripLeading();
    return t.isEmpty()
        || t.length() <= LONGEST
            && (RFC5424.matcher(t).matches()
                || CRI.matcher(t).matches()
                || POD.matcher(t).matches()
                || KNOWN.matcher(t).matches() && SIGN.matcher(t).find());
  }

  /**
   * Whether the program's own logger writes it, so that what follows is a message of the program.
   */
  boolean own() {
    return source.equals("own") || OWN.matcher(text).matches();
  }

  /** Whether a line looks like one of a log: a time, a level, or key=value pairs. */
  static boolean looksLogged(String line) {
    if (line.startsWith("{") && line.endsWith("}")) {
      return true;
    }
    String head = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    return LOGGED.matcher(head).lookingAt();
  }

  private static final Pattern LOGGED =
      Pattern.compile(
          "\\[[\\w ./:-]{1,40}\\] |\\W{0,3}(?:"
              + MOMENT
              + "|\\d{10}|"
              + LEVEL
              + "\\b|[IWEF]\\d{4} )"
              + "|.{0,60}\\b(?:level|lvl|severity)=\\w|\\w+=\\S+ \\w+=\\S+"
              + "|[\\w.-]{1,60} *\\| |\\S{1,60} \\S{1,60}\\[\\d+\\]: ");
}

package paniclab.exercises;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words of predictions: for each canonical word its spellings in English and Chinese. */
final class Words {
  static final String NONE = "none";
  static final String YES = "yes";
  static final String NO = "no";
  static final String DEPENDS = "depends";
  static final String EVERY = "every";
  static final String SOME = "some";

  /** Keys of lines. */
  static final Map<String, String> KEYS =
      table(
          "outcome: outcome, ends, end, 结局, 结果, 怎样结束, 如何结束",
          "recovered: recovered, recover, 恢复, 是否恢复, 被恢复, 能否恢复",
          "defers: defers, defer, deferred, 延迟, 延迟调用, 延迟函数",
          "prints: prints, print, stdout, output, 输出, 打印, 标准输出",
          "exit: exit, exit status, exit code, status, 退出状态, 退出码, 退出",
          "stderr: stderr, error, first stderr line, 错误, 标准错误, 错误输出",
          "schedules: schedules, schedule, 调度, 每次调度",
          "why: why, because, reason, 为什么, 原因, 理由");

  /** Ways to end, as {@code Outcome.word} spells them. */
  static final Map<String, String> OUTCOMES =
      table(
          "exited: exited, exits, exit, normal, normally, returns, ok, 正常, 正常退出, 正常结束, 退出",
          "panicked: panicked, panics, panic, 恐慌, 崩溃于 panic, panic 退出",
          "fatal: fatal, fatal error, fatal-error, deadlock, 致命错误, 致命, 死锁",
          "thrown: thrown, throw, throws, 运行时抛出, 抛出",
          "signalled: signalled, signaled, signal, killed, 信号, 被信号杀死",
          "hung: hung, hangs, hang, forever, 挂起, 卡住, 挂住, 永远等待");

  static final Map<String, String> WHETHER =
      table(
          "yes: yes, y, true, 是, 对, 会, 能, 可以, 有",
          "no: no, n, false, 否, 不, 不是, 不会, 不能, 不可以, 没有",
          "depends: depends, it depends, sometimes, either, 有时, 不一定, 看情况, 视情况而定");

  static final Map<String, String> SCHEDULES =
      table(
          "every: every, every schedule, all, always, 每次, 每种, 所有, 全部, 总是, 一定",
          "some: some, some schedules, sometimes, depends, 有时, 某些, 部分, 有些, 有的, 不一定");

  static final Map<String, String> NOTHING = table("none: none, nothing, (none), -, 无, 没有, 空");

  private Words() {}

  private static Map<String, String> table(String... rows) {
    Map<String, String> table = new LinkedHashMap<>();
    for (String row : rows) {
      int colon = row.indexOf(':');
      for (String spelling : row.substring(colon + 1).split(",")) {
        table.put(fold(spelling), row.substring(0, colon));
      }
    }
    return table;
  }

  /** The canonical word of a spelling. */
  static Optional<String> find(Map<String, String> table, String spelling) {
    return Optional.ofNullable(table.get(fold(spelling)));
  }

  /** Full-width forms, case and blanks do not matter. */
  static String fold(String s) {
    String n = Normalizer.normalize(s, Normalizer.Form.NFKC).strip();
    return n.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
  }

  /** The canonical words of a table, in its order. */
  static List<String> canonical(Map<String, String> table) {
    return table.values().stream().distinct().toList();
  }

  /** The candidate that is nearest to a word, when one is near. */
  static Optional<String> nearest(String word, Iterable<String> candidates) {
    Optional<String> best = Optional.empty();
    int bestDistance = Math.max(2, word.length() / 3) + 1;
    for (String c : candidates) {
      int d = distance(word, c);
      if (d < bestDistance) {
        bestDistance = d;
        best = Optional.of(c);
      }
    }
    return best;
  }

  /** Edit distance (insert, delete, replace). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

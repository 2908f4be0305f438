package paniclab.diagrams;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import paniclab.model.program.SourceFile;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;
import paniclab.model.trace.WaitReason;

/**
 * A run to step through in the notebook: one HTML output that needs nothing else, no network and no
 * kernel. Where scripts are stripped, the figure in it is what remains.
 */
public final class Stepper {
  /** The most events one can step through. */
  public static final int MAX_STEPS = 500;

  /** The most lines of source shown. */
  public static final int MAX_LINES = 2_000;

  /** The most goroutines shown. */
  public static final int MAX_GOROUTINES = 16;

  private static final String SCRIPT = resource("stepper.js");
  private static final String STYLE = resource("stepper.css");

  /** Writes less-than signs, ampersands and line separators as escapes: safe inside a script. */
  private static final Gson GSON = new Gson();

  private Stepper() {}

  /**
   * The HTML of a stepper; the fallback alone where there is nothing to step through.
   *
   * @param sources the learner's files, named as in the trace's positions
   * @param fallback the figure below the stepper, and all there is where scripts are stripped
   */
  public static String html(Trace trace, List<SourceFile> sources, Figure fallback, Locale locale) {
    return html(trace, sources, fallback.html(), locale);
  }

  /** The same with the HTML of the figure. */
  public static String html(Trace trace, List<SourceFile> sources, String fallback, Locale locale) {
    Words w = Words.of(locale);
    List<Event> all =
        trace.events().stream()
            .filter(e -> !(e instanceof Event.Scheduled) && !Lanes.isStart(e))
            .toList();
    if (all.isEmpty()) {
      return fallback;
    }
    Data data = new Teller(w, sources).tell(all.subList(0, Math.min(all.size(), MAX_STEPS)));
    String note =
        all.size() + trace.dropped() > MAX_STEPS
            ? "<p>"
                + Texts.html(w.get("stepper.cut", MAX_STEPS, all.size() + trace.dropped()))
                + "</p>"
            : "";
    // The script finds its own output by what follows it, not by an id that a copy would share.
    return "<div class=\"pl-stepper\" lang=\"%s\" data-lm-suppress-shortcuts=\"true\">"
            .formatted(w.tag())
        + "<details open class=\"pl-fallback\"><summary>%s</summary>%s</details></div>%s"
            .formatted(Texts.html(w.get("stepper.figure")), fallback, note)
        + "<style>\n%s</style><script>(()=>{\n%s".formatted(STYLE, SCRIPT)
        + START
        + "paniclabStepper(root,"
        + GSON.toJson(data)
        + ");})();</script>";
  }

  /**
   * Takes the stepper before this script, or where a front end runs scripts apart from their place,
   * the first that no script took.
   */
  private static final String START =
      """
      const me = document.currentScript;
      const before = me && me.parentElement && me.parentElement.querySelector(".pl-stepper:not([data-pl])");
      const root = before || document.querySelector(".pl-stepper:not([data-pl])");
      if (!root) return;
      root.dataset.pl = "1";
      """;

  private static String resource(String name) {
    try (InputStream in = Stepper.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The names below are those of the script.

  /** The run: words, goroutines, files, events. */
  private record Data(Map<String, String> w, List<Lane> g, List<Source> f, List<Step> e) {}

  /** A goroutine: its name and its function. */
  private record Lane(String n, String f) {}

  /** A file: its name and its lines. */
  private record Source(String n, List<String> t) {}

  /**
   * An event: lane, file, line (0 for none), place, text, sign, colours of fill and border, and
   * what it changes.
   */
  private record Step(
      int g, int f, int l, String p, String t, String s, String c, String b, List<State> st) {}

  /** The state of a lane: its kind, its words, and why it waits. */
  private record State(int g, String k, String t, String y) {}

  /** Turns events into steps. */
  private static final class Teller {
    private final Words w;
    private final List<SourceFile> sources;
    private final Map<Integer, Integer> lane = new LinkedHashMap<>();
    private int running = -1;

    Teller(Words w, List<SourceFile> sources) {
      this.w = w;
      this.sources = sources;
    }

    Data tell(List<Event> events) {
      Map<Integer, String> function = new LinkedHashMap<>();
      function.put(1, "main.main");
      TreeSet<Integer> ids = new TreeSet<>();
      for (Event e : events) {
        ids.add(e.at().goroutine());
        if (e instanceof Event.Spawned s) {
          function.put(s.child(), Texts.clean(s.function()));
          ids.add(s.child());
        }
      }
      List<Lane> lanes = new ArrayList<>();
      for (int g : ids.stream().limit(MAX_GOROUTINES).toList()) {
        lane.put(g, lanes.size());
        lanes.add(new Lane(w.goroutine(g), function.getOrDefault(g, "")));
      }
      List<Step> steps = new ArrayList<>();
      for (Event e : events) {
        Integer in = lane.get(e.at().goroutine());
        if (in != null) {
          steps.add(step(e, in, steps.size() + 1));
        }
      }
      return new Data(words(), lanes, files(), steps);
    }

    private Map<String, String> words() {
      Map<String, String> m = new LinkedHashMap<>();
      for (String k : List.of("prev", "next", "play", "pause", "slider", "source", "lanes")) {
        m.put(k, w.get("stepper." + k));
      }
      m.put("fresh", w.get("stepper.state.new"));
      return m;
    }

    private List<Source> files() {
      List<Source> out = new ArrayList<>();
      int left = MAX_LINES;
      for (SourceFile f : sources) {
        List<String> lines =
            f.text().lines().limit(left).map(l -> Texts.clean(l.replace("\t", "    "))).toList();
        left -= lines.size();
        out.add(new Source(Texts.clean(f.name()), lines));
      }
      return out;
    }

    private Step step(Event e, int in, int number) {
      Scene.Look look = LanesLayout.look(e);
      int file = file(e.at().position().file());
      int line = file < 0 ? 0 : e.at().position().line();
      String fill = look.fill.equals("none") ? "#ffffff" : look.fill;
      return new Step(
          in,
          Math.max(0, file),
          line,
          Words.place(e.at()),
          w.say(e),
          look.sign,
          fill,
          look.stroke,
          changes(e, in, number));
    }

    private int file(String name) {
      for (int i = 0; i < sources.size(); i++) {
        if (sources.get(i).name().equals(name)) {
          return i;
        }
      }
      return -1;
    }

    private List<State> changes(Event e, int in, int number) {
      List<State> out = new ArrayList<>();
      switch (e) {
        case Event.Woken _ -> out.add(state(in, "ready"));
        case Event.TimerFired _ -> {}
        case Event.SignalDelivered _ -> {}
        case Event.Blocked b -> {
          runs(in, out);
          out.add(waiting(in, b, number));
          running = -1;
        }
        case Event.GoroutineEnded _, Event.ProcessEnded _ -> {
          runs(in, out);
          out.add(state(in, "dead"));
          running = -1;
        }
        case Event.Spawned s -> {
          runs(in, out);
          Integer child = lane.get(s.child());
          if (child != null) {
            out.add(state(child, "ready"));
          }
        }
        case Event.Scheduled _,
            Event.ThreadLocked _,
            Event.ProcsChanged _,
            Event.Sent _,
            Event.Received _,
            Event.Closed _,
            Event.Synced _,
            Event.Crossing _,
            Event.DeferPushed _,
            Event.DeferRan _,
            Event.DeferReturned _,
            Event.PanicRaised _,
            Event.Recovered _,
            Event.RecoverReturnedNil _,
            Event.Goexited _,
            Event.FatalRaised _,
            Event.Printed _,
            Event.StackGrew _,
            Event.Lifetime _,
            Event.DataRace _ ->
            runs(in, out);
      }
      return out;
    }

    private void runs(int in, List<State> out) {
      if (running >= 0 && running != in) {
        out.add(state(running, "ready"));
      }
      if (running != in) {
        out.add(state(in, "run"));
      }
      running = in;
    }

    private State state(int in, String kind) {
      return new State(in, kind, w.get("stepper.state." + kind), "");
    }

    private State waiting(int in, Event.Blocked b, int number) {
      String where = Words.place(b.at());
      String what = b.reason().text() + (b.object().isEmpty() ? "" : " " + b.object());
      return new State(
          in,
          "wait",
          w.get("stepper.state.wait", what),
          w.get("why", w.get("why." + kind(b.reason())), number, where));
    }

    private static String kind(WaitReason r) {
      return switch (r) {
        case CHAN_RECEIVE -> "receive";
        case CHAN_SEND -> "send";
        case CHAN_RECEIVE_NIL, CHAN_SEND_NIL -> "nil";
        case SELECT -> "select";
        case SELECT_NO_CASES -> "never";
        case SLEEP -> "sleep";
        case SYNC_MUTEX_LOCK, SYNC_RWMUTEX_LOCK, SYNC_RWMUTEX_RLOCK -> "lock";
        case SYNC_WAIT_GROUP_WAIT -> "group";
        case SYNC_COND_WAIT -> "cond";
        case SEMACQUIRE, IO_WAIT, COROUTINE, SYSCALL, FINALIZER_WAIT -> "other";
      };
    }
  }
}

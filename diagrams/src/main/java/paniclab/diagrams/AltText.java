package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import paniclab.model.trace.Event;

/** One sentence for those who do not see the picture. */
final class AltText {
  private AltText() {}

  static String of(Diagram diagram, Locale locale) {
    Words w = Words.of(locale);
    return switch (diagram) {
      case CrashAnatomy d -> anatomy(d, w);
      case Lanes d -> lanes(d, w);
      case CBoundary d -> CLayouts.alt(d, w);
      case CHeapMap d -> CLayouts.alt(d, w);
      case Lifetimes d -> CLayouts.alt(d, w);
      case LoaderFlow d -> CLayouts.alt(d, w);
      case DeferStack d -> defers(d, w);
      case RecoverReach d -> reach(d, w);
      case SignalFlow d -> signals(d, w);
      case SchedulerState d -> SchedulerStateText.alt(d, w);
      case WaitGraph d -> WaitGraphText.alt(d, w);
      case StackDepth d -> StackTexts.altDepth(d, w);
      case StackGrowth d -> StackTexts.altGrowth(d, w);
      case VariableFlow d -> StackTexts.altVariable(d, w);
      case ScheduleTree d -> tree(d, w);
    };
  }

  static String sentence(Words w, List<String> parts) {
    return String.join(w.get("alt.join"), parts) + w.get("alt.stop");
  }

  private static String anatomy(CrashAnatomy d, Words w) {
    List<String> parts = new ArrayList<>();
    parts.add(w.get("anatomy.alt", d.parts().size()));
    for (CrashAnatomy.Part p : d.parts()) {
      if (!p.text().isEmpty() && CrashAnatomyLayout.isHeader(p.kind())) {
        parts.add(w.get("anatomy.alt.header", p.text().getFirst().strip()));
      }
    }
    return sentence(w, parts);
  }

  private static String lanes(Lanes d, Words w) {
    List<String> parts = new ArrayList<>();
    int n = d.lanes().size() + d.folded().goroutines();
    parts.add(w.get(n == 1 ? "lanes.alt.1" : "lanes.alt", d.marks().size(), n));
    for (Event e : d.marks()) {
      switch (e) {
        case Event.PanicRaised p ->
            parts.add(w.get("lanes.alt.panic", w.goroutine(p.at().goroutine()), p.value()));
        case Event.Recovered r -> parts.add(w.get("lanes.alt.recovered", r.value()));
        case Event.FatalRaised f -> parts.add(w.get("lanes.alt.fatal", f.error()));
        case Event.SignalDelivered s ->
            parts.add(w.get("lanes.alt.signal", s.signal(), w.get("signal.effect." + s.effect())));
        case Event.ProcessEnded p -> parts.add(w.get("lanes.alt.exit", p.status()));
        case Event.Spawned _,
            Event.GoroutineEnded _,
            Event.Blocked _,
            Event.Woken _,
            Event.Scheduled _,
            Event.ThreadLocked _,
            Event.ProcsChanged _,
            Event.Sent _,
            Event.Received _,
            Event.Closed _,
            Event.Synced _,
            Event.Crossing _,
            Event.Lifetime _,
            Event.DeferPushed _,
            Event.DeferRan _,
            Event.DeferReturned _,
            Event.RecoverReturnedNil _,
            Event.Goexited _,
            Event.Printed _,
            Event.StackGrew _,
            Event.TimerFired _,
            Event.DataRace _ -> {}
      }
      if (parts.size() > 5) {
        break;
      }
    }
    long waiting =
        d.lanes().stream().filter(l -> l.end() == Lanes.End.WAITING).count() + d.folded().waiting();
    if (waiting > 0) {
      parts.add(w.get("lanes.alt.waiting", waiting));
    }
    return sentence(w, parts);
  }

  private static String defers(DeferStack d, Words w) {
    if (d.peaks().isEmpty()) {
      return w.get("defer.alt.none") + w.get("alt.stop");
    }
    // A call that waits through one stack stands in the next one again: count it once.
    List<DeferStack.Entry> all =
        d.peaks().stream().flatMap(p -> p.entries().stream()).filter(e -> !e.later()).toList();
    long ran = all.stream().filter(e -> e.order() > 0).count();
    long recovered = all.stream().filter(e -> e.recovered().isPresent()).count();
    String key = d.isCut() ? "defer.alt.cut" : "defer.alt";
    return w.get(key, ran, all.size(), recovered) + w.get("alt.stop");
  }

  private static String reach(RecoverReach d, Words w) {
    if (d.deaths().isEmpty()) {
      return w.get("reach.alt.none") + w.get("alt.stop");
    }
    List<String> parts = new ArrayList<>();
    for (RecoverReach.Death x : d.deaths()) {
      parts.add(
          w.get(
              "reach.alt.death." + x.kind(),
              x.text(),
              w.goroutine(x.goroutine()),
              w.get("reach.fate." + x.fate())));
    }
    return w.get("reach.alt") + sentence(w, parts);
  }

  private static String signals(SignalFlow d, Words w) {
    if (d.drawn().isEmpty()) {
      return w.get("signals.alt.none") + w.get("alt.stop");
    }
    String way =
        String.join(
            " → ",
            d.drawn().get().steps().stream().map(s -> SignalFlowLayout.name(s.node(), w)).toList());
    return w.get("signals.alt", SignalFlowLayout.caption(d, w), way) + w.get("alt.stop");
  }

  private static String tree(ScheduleTree d, Words w) {
    List<String> parts =
        d.leaves().stream()
            .map(l -> ScheduleTreeLayout.ending(w, l.ending().outcome()))
            .distinct()
            .toList();
    return w.get("tree.alt", d.executions(), d.leaves().size())
        + sentence(w, parts.isEmpty() ? List.of(w.get("tree.none")) : parts);
  }
}

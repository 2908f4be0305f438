/** The Go runtime in Java: pure, deterministic, steppable. */
module paniclab.model {
  requires static org.jspecify;

  exports paniclab.model.c;
  exports paniclab.model.crash;
  exports paniclab.model.explore;
  exports paniclab.model.machine;
  exports paniclab.model.outcome;
  exports paniclab.model.program;
  exports paniclab.model.sched;
  exports paniclab.model.signal;
  exports paniclab.model.stack;
  exports paniclab.model.trace;
}

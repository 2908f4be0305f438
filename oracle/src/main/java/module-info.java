/** Asks the real Go toolchain; nobody imports it. */
module paniclab.oracle {
  requires static org.jspecify;
  requires paniclab.model;
  requires paniclab.golang;
  requires paniclab.programs;
}

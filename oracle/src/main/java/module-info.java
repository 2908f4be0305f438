/** Asks the real Go toolchain; nobody imports it. */
module paniclab.oracle {
  requires static org.jspecify;
  requires transitive paniclab.model;
  requires transitive paniclab.golang;
  requires transitive paniclab.programs;

  exports paniclab.oracle;
}

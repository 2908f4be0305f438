/** Go source to Program. */
module paniclab.golang {
  requires static org.jspecify;
  requires paniclab.model;
}

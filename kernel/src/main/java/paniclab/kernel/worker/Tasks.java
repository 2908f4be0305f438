package paniclab.kernel.worker;

/** The worker's tasks by name. */
final class Tasks {
  Task find(String name) {
    throw new IllegalArgumentException("the worker has no task " + name);
  }
}

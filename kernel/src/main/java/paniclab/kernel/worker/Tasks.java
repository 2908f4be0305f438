package paniclab.kernel.worker;

import paniclab.kernel.task.ExplainTask;
import paniclab.kernel.task.ExploreTask;
import paniclab.kernel.task.FixTask;
import paniclab.kernel.task.GoTask;
import paniclab.kernel.task.LookupTask;
import paniclab.kernel.task.PredictTask;
import paniclab.kernel.task.ProgressTask;
import paniclab.kernel.task.VariantTask;

/** The worker's tasks by name. */
final class Tasks {
  Task find(String name) {
    return switch (name) {
      case "go" -> new GoTask();
      case "explore" -> new ExploreTask();
      case "fix" -> new FixTask();
      case "predict" -> new PredictTask();
      case "progress" -> new ProgressTask();
      case "variant" -> new VariantTask();
      case "explain" -> new ExplainTask();
      case "lookup" -> new LookupTask();
      default -> throw new IllegalArgumentException("the worker has no task " + name);
    };
  }
}
